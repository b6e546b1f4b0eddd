import { configMaps, pods, services } from '../api/kinds.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { newApplicationId, resourcePrefix, settingOf, uniqueId } from './conf.ts';
import { readArguments } from './submit/arguments.ts';
import { driverConfigMaps, driverProperties, driverService, serviceNameOf } from './submit/driver-objects.ts';
import { driverPod, type Submission } from './submit/driver-pod.ts';

export { SubmissionError } from './submit/arguments.ts';
export { submissionFailure } from './submit/refusal.ts';

/** Who submits, and the pod templates that the configuration's `podTemplateFile` keys point at. */
export interface SubmitOptions {
  user: string;
  driverTemplate?: JsonObject;
  executorTemplate?: JsonObject;
  /** Id of the application, which then names all its objects too; a random one, and names of their own, unless it is given. */
  applicationId?: string;
}

/** Seconds between the driver pod and what it mounts; in this time its volumes cannot be mounted (spark-measured, point 17). */
const AFTER_POD_SECONDS = 0.1;

/**
 * Runs spark-submit in cluster mode with `args`, what stands behind the command's name: creates driver pod, headless service and
 * ConfigMaps as `options.user`. Ends when they are there, before the driver runs. Throws `SubmissionError` for arguments that
 * spark-submit refuses itself, `ApiError` where the API server refuses; `submissionFailure` has the words for both.
 */
export async function sparkSubmit(
  world: Pick<World, 'create' | 'time'>,
  args: readonly string[],
  options: SubmitOptions,
): Promise<{ driver: JsonObject }> {
  const command = readArguments(args);
  const now = world.time.now();
  const submission: Submission = {
    command,
    applicationId: options.applicationId ?? newApplicationId(),
    prefix: options.applicationId ?? resourcePrefix(settingOf(command.conf, 'spark.app.name'), now),
    configuration: `spark-drv-${uniqueId(now)}-conf-map`,
    driverTemplate: options.driverTemplate,
    executorTemplate: options.executorTemplate,
  };
  const service = serviceNameOf(submission, now);
  const properties = driverProperties(submission, service, now);
  const driver = world.create(pods, driverPod(submission), options.user);
  await world.time.pace(AFTER_POD_SECONDS);
  world.create(services, driverService(submission, service, driver), options.user);
  for (const map of driverConfigMaps(submission, properties, driver, now)) world.create(configMaps, map, options.user);
  return { driver };
}

import { argumentTexts, kubeflowArguments, podTemplate } from '../../../../shared/spark/explain/index.ts';
import { ApiError } from '../../api/status.ts';
import { type JsonObject, namespaceOf, objectOf, parseJson } from '../../json.ts';
import { sparkSubmit, submissionFailure } from '../../spark/submit.ts';
import type { World } from '../../world.ts';
import { OPERATOR } from './names.ts';

/** Seconds from the start of spark-submit until the driver pod is there, on the machine of the recordings: its JVM and its client start. */
const SUBMIT_SECONDS = 9;
/** The API server as pods see it. */
const API_SERVER = 'https://10.96.0.1:443';

/** Runs spark-submit for `application`. Returns what to write into `errorMessage`, or null when it went well. */
export async function runSparkSubmit(world: World, application: JsonObject, submissionId: string): Promise<string | null> {
  const built = kubeflowArguments({ application, id: submissionId, master: `k8s://${API_SERVER}` });
  if (built.state === 'refused') return built.message;
  await world.time.pace(SUBMIT_SECONDS);
  try {
    await sparkSubmit(world, argumentTexts(built.arguments), {
      user: OPERATOR,
      driverTemplate: templateOf(application, 'driver'),
      executorTemplate: templateOf(application, 'executor'),
    });
    return null;
  } catch (error) {
    const attempt = { master: API_SERVER, namespace: namespaceOf(application), user: OPERATOR, now: world.time.now() };
    const printed = submissionFailure(error, attempt);
    if (printed === null) throw error;
    const conflict = error instanceof ApiError && error.code === 409;
    // The operator looks for a conflict in what spark-submit printed, and then drops the rest.
    const told = conflict ? 'driver pod already exist' : `failed to run spark-submit: ${printed}`;
    return `failed to submit spark application: failed to run spark-submit: ${told}`;
  }
}

const templateOf = (application: JsonObject, role: 'driver' | 'executor'): JsonObject =>
  objectOf(parseJson(JSON.stringify(podTemplate(application, role))));

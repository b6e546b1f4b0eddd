import { admit } from '../../api/admission.ts';
import { configMaps, pods, services, sparkApplications } from '../../api/kinds.ts';
import { ApiError } from '../../api/status.ts';
import { type JsonObject, nameOf, namespaceOf, numberOf, uidOf } from '../../json.ts';
import { driverConfigMaps, driverNameOf, driverPod, driverService, newSubmission } from '../../spark/objects.ts';
import type { Pass } from './run.ts';

/** How long spark-submit of a real operator takes before the driver pod exists. */
const SUBMIT_SECONDS = 9;

/** Runs spark-submit. The status is written once, after it: pod first, then SUBMITTED or SUBMISSION_FAILED. */
export async function submit(pass: Pass): Promise<void> {
  const { application, status, tell, world } = pass;
  const { store } = world;
  const namespace = namespaceOf(application);
  const name = nameOf(application);
  const lastSubmissionAttemptTime = world.time.text();
  const attempts = { submissionAttempts: numberOf(status.submissionAttempts, 0) + 1, lastSubmissionAttemptTime };
  await world.time.pace(SUBMIT_SECONDS);
  const live = store.get(sparkApplications, namespace, name);
  if (live === null || uidOf(live) !== uidOf(application) || pass.world.time.ended()) return;

  const submission = newSubmission();
  const base = {
    ...status,
    ...attempts,
    submissionID: submission.id,
    driverInfo: { podName: driverNameOf(application) },
    terminationTime: null,
  };
  let driver: JsonObject;
  try {
    driver = store.put(pods, admit(store, pods, driverPod(application, submission)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (status.applicationState === undefined) {
      tell('Normal', 'SparkApplicationAdded', `SparkApplication ${name} was added, enqueuing it for submission`);
    }
    const errorMessage =
      'failed to submit spark application: failed to run spark-submit: failed to run spark-submit: Exception in thread "main" ' +
      'io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: ' +
      `https://127.0.0.1/api/v1/namespaces/${namespace}/pods. Message: Forbidden! User operator doesn't have permission. ${error.message}.`;
    tell('Warning', 'SparkApplicationSubmissionFailed', `failed to submit SparkApplication ${name}: ${errorMessage}`);
    const { driverInfo: _, ...rest } = base;
    pass.write({ ...rest, applicationState: { state: 'SUBMISSION_FAILED', errorMessage } });
    return;
  }
  await world.time.pace(0.1);
  store.put(services, admit(store, services, driverService(application, driver, submission)));
  for (const map of driverConfigMaps(application, driver, submission)) store.put(configMaps, map);
  await world.time.pace(0.1);
  tell('Normal', 'SparkApplicationSubmitted', `SparkApplication ${name} was submitted successfully`);
  pass.write({ ...base, applicationState: { state: 'SUBMITTED' }, executionAttempts: numberOf(status.executionAttempts, 0) + 1 });
}

import { at, type JsonObject, numberOf, textOf } from '../../json.ts';
import { isFailure, isInfrastructureFailure } from './words.ts';

const read = (application: JsonObject, part: string, name: string, otherwise: number): number =>
  numberOf(at(application, 'spec', 'applicationTolerations', part, name), otherwise);

/** Milliseconds that a state may last (`ApplicationTimeoutConfig`); 0 and less: for ever. */
export type Timeout = 'driverStartTimeoutMillis' | 'driverReadyTimeoutMillis' | 'executorStartTimeoutMillis';

/** Seconds that a state may last; five minutes unless the application says otherwise. */
export const timeoutOf = (application: JsonObject, name: Timeout): number =>
  read(application, 'applicationTimeoutConfig', name, 300_000) / 1000;

/** How many executors it takes (`ExecutorInstanceConfig`); 0 is "any number". */
export const instancesOf = (application: JsonObject) => ({
  initial: read(application, 'instanceConfig', 'initExecutors', 0),
  least: read(application, 'instanceConfig', 'minExecutors', 0),
  most: read(application, 'instanceConfig', 'maxExecutors', 0),
});

/** Whether the restart policy wants another attempt after `word` (`RestartPolicy.attemptRestartOnState`). */
export function restartsAfter(application: JsonObject, word: string): boolean {
  switch (restartPolicyOf(application)) {
    case 'Always':
      return true;
    case 'OnFailure':
      return isFailure(word);
    case 'OnInfrastructureFailure':
      return isInfrastructureFailure(word);
    default:
      return false;
  }
}

export const restartPolicyOf = (application: JsonObject): string =>
  textOf(at(application, 'spec', 'applicationTolerations', 'restartConfig', 'restartPolicy')) || 'Never';

/** Limits of restarts: all of them, those after failures in a row, those after refusals in a row. */
export const restartLimitsOf = (application: JsonObject) => ({
  all: read(application, 'restartConfig', 'maxRestartAttempts', 3),
  failures: read(application, 'restartConfig', 'maxRestartOnFailure', Number.POSITIVE_INFINITY),
  refusals: read(application, 'restartConfig', 'maxRestartOnSchedulingFailure', Number.POSITIVE_INFINITY),
});

/** Seconds between the decision to restart and the next driver, by the state the last attempt ended in. */
export function backoffAfter(application: JsonObject, word: string): number {
  const general = read(application, 'restartConfig', 'restartBackoffMillis', 30_000);
  const afterFailure = read(application, 'restartConfig', 'restartBackoffMillisForFailure', general);
  const afterRefusal = read(application, 'restartConfig', 'restartBackoffMillisForSchedulingFailure', afterFailure);
  const milliseconds = word === 'SchedulingFailure' ? afterRefusal : isFailure(word) ? afterFailure : general;
  return milliseconds / 1000;
}

/** Whether the pods of an attempt that ended in `word` are to stay (`resourceRetainPolicy`). */
export function retainsAfter(application: JsonObject, word: string): boolean {
  const policy = textOf(at(application, 'spec', 'applicationTolerations', 'resourceRetainPolicy'));
  return policy === 'Always' || (policy === 'OnFailure' && isFailure(word));
}

/** Seconds the application itself is kept after its end; infinite unless `ttlAfterStopMillis` is 0 or more. */
export function lifeOf(application: JsonObject): number {
  const milliseconds = numberOf(at(application, 'spec', 'applicationTolerations', 'ttlAfterStopMillis'), -1);
  return milliseconds < 0 ? Number.POSITIVE_INFINITY : milliseconds / 1000;
}

/** Seconds retained pods are kept: the shorter of `resourceRetainDurationMillis` and the application's own. */
export function retentionOf(application: JsonObject): number {
  const milliseconds = numberOf(at(application, 'spec', 'applicationTolerations', 'resourceRetainDurationMillis'), -1);
  return Math.min(milliseconds < 0 ? Number.POSITIVE_INFINITY : milliseconds / 1000, lifeOf(application));
}

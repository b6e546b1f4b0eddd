import { at, type JsonObject, numberOf, textOf } from '../../json.ts';

type Failed = 'run' | 'submission';

const fields = {
  run: { limit: 'onFailureRetries', interval: 'onFailureRetryInterval', attempts: 'executionAttempts' },
  submission: {
    limit: 'onSubmissionFailureRetries',
    interval: 'onSubmissionFailureRetryInterval',
    attempts: 'submissionAttempts',
  },
} as const;

const policyOf = (application: JsonObject): string => textOf(at(application, 'spec', 'restartPolicy', 'type'));

/** Whether a run that succeeded is to be followed by another. */
export const runsForever = (application: JsonObject): boolean => policyOf(application) === 'Always';

/** Whether the restart policy gives another attempt: N retries are N + 1 runs, no limit named is none at all, Always has no limit. */
export function retriesLeft(application: JsonObject, failed: Failed): boolean {
  if (runsForever(application)) return true;
  if (policyOf(application) !== 'OnFailure') return false;
  const { limit, attempts } = fields[failed];
  const retries = numberOf(at(application, 'spec', 'restartPolicy', limit), -1);
  return retries >= 0 && numberOf(at(application, 'status', attempts), 0) <= retries;
}

/**
 * Seconds until the next attempt, at most 0 when it is due: interval times submission attempts, counted from the start of the last
 * submission. Null without an interval (only the defaulting webhook fills it in): the operator then never retries, and never gives up.
 */
export function untilRetry(application: JsonObject, failed: Failed, sinceSubmission: number): number | null {
  const seconds = at(application, 'spec', 'restartPolicy', fields[failed].interval);
  const attempts = numberOf(at(application, 'status', 'submissionAttempts'), 0);
  if (typeof seconds !== 'number' || attempts <= 0) return null;
  return seconds * attempts - sinceSubmission;
}

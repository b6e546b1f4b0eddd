import { at, type JsonObject, numberOf, textOf } from '../../json.ts';
import type { Time } from '../../time.ts';

type Failed = 'run' | 'submission';

const fields = {
  run: { limit: 'onFailureRetries', interval: 'onFailureRetryInterval', attempts: 'executionAttempts' },
  submission: {
    limit: 'onSubmissionFailureRetries',
    interval: 'onSubmissionFailureRetryInterval',
    attempts: 'submissionAttempts',
  },
} as const;

/** Whether the restart policy gives another attempt: N retries are N + 1 runs, Always has no limit. */
export function retriesLeft(application: JsonObject, failed: Failed): boolean {
  const policy = textOf(at(application, 'spec', 'restartPolicy', 'type'));
  if (policy === 'Always') return true;
  if (policy !== 'OnFailure') return false;
  const { limit, attempts } = fields[failed];
  const retries = numberOf(at(application, 'spec', 'restartPolicy', limit), 0);
  return numberOf(at(application, 'status', attempts), 0) <= retries;
}

/** Seconds until the next attempt: interval times attempts, counted from the start of the last submission. */
export function retryWait(application: JsonObject, failed: Failed, time: Pick<Time, 'now' | 'elapsed'>): number {
  const { interval } = fields[failed];
  const seconds = numberOf(at(application, 'spec', 'restartPolicy', interval), 5);
  const attempts = numberOf(at(application, 'status', 'submissionAttempts'), 1);
  const since = Date.parse(textOf(at(application, 'status', 'lastSubmissionAttemptTime')));
  const gone = Number.isNaN(since) ? 0 : time.elapsed(time.now() - since);
  return Math.max(0, seconds * attempts - gone);
}

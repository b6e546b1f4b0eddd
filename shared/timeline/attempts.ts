import type { Operator } from '../spark/state.ts';
import type { ApplicationRecord } from './application-record.ts';
import type { PodRecord } from './pod-record.ts';

/**
 * Tells the attempt of each pod from its run.
 *
 * Kubeflow: a run that the status has named has the number of that submission. A driver comes up to a second before the
 * status names its run, and runs before the page was opened were never named to us: those count from the last submission
 * that is older than they are. Apache numbers its runs in their names (`<name>-<n>`, from 0). Elsewhere runs are counted in
 * order of their first pod.
 */
export function attemptsOfRuns(
  operator: Operator,
  application: ApplicationRecord | null,
  pods: readonly PodRecord[],
  shift: number,
): (pod: PodRecord) => number {
  const firstSeen = new Map<string, number>();
  for (const { run, writtenAt } of pods) {
    const key = run ?? '';
    firstSeen.set(key, Math.min(writtenAt, firstSeen.get(key) ?? Infinity));
  }
  const submissions = application?.submissions ?? [];
  const attempts = new Map<string, number>();
  for (const [key, at] of firstSeen) attempts.set(key, attemptOfRun(key, at));
  return (pod) => attempts.get(pod.run ?? '') ?? 1;

  function attemptOfRun(key: string, at: number): number {
    if (operator === 'apache') return Number(/-(\d{1,6})$/.exec(key)?.[1] ?? 0) + 1;
    if (operator !== 'kubeflow') return [...firstSeen.values()].filter((other) => other < at).length + 1;
    const named = submissions.find((submission) => submission.key === key);
    if (named !== undefined) return named.attempt + shift;
    const older = submissions.filter((submission) => submission.at !== null && submission.at <= at).at(-1);
    if (older !== undefined) return older.attempt + 1 + shift;
    const unnamed = [...firstSeen].filter(
      ([other, since]) => since < at && !submissions.some((submission) => submission.key === other),
    );
    return unnamed.length + 1;
  }
}

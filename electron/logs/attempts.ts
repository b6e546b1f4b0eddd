import type { OperatorAdapter } from '../../shared/spark/operators/index.ts';

/** Which run of its application a pod belongs to, from 1. */
export interface Attempts {
  of(application: unknown, pod: unknown): number;
}

/**
 * Runs are numbered as they are seen; the operator's own count, which it writes late, is where it begins. A pod that names no run
 * belongs to the newest.
 */
export function createAttempts(adapter: OperatorAdapter): Attempts {
  const known = new Map<string, number>();
  let newest = 0;
  return {
    of(application, pod) {
      const run = adapter.runOfPod(pod);
      const before = run === null ? undefined : known.get(run);
      if (before !== undefined) return before;
      if (run === null) return Math.max(newest, 1);
      newest = Math.max(newest + 1, known.size === 0 ? (adapter.attempts(application) ?? 1) : 1);
      known.set(run, newest);
      return newest;
    },
  };
}

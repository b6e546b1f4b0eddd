import type { Failure } from '../../shared/failure.ts';
import type { Tuning } from './tuning.ts';

/**
 * Milliseconds to wait after the `failures`-th failure in a row (1 is the first). Doubles up to a limit; `random` (0 to 1)
 * takes up to half of it away, so that many watches lost together do not come back together. A 429's `Retry-After` is kept to.
 */
export function backoff(failures: number, failure: Failure, random: number, tuning: Tuning): number {
  const whole = Math.min(tuning.backoffMost, tuning.backoffFirst * 2 ** Math.min(failures - 1, 30));
  const jittered = Math.round(whole * (1 - random / 2));
  if (failure.code !== 'too-many-requests' || failure.retryAfterSeconds === null) return jittered;
  return Math.max(jittered, Math.min(tuning.retryAfterMost, failure.retryAfterSeconds * 1000));
}

/** A moment on a lane: epoch milliseconds, and whether it was taken from a status field without having been seen. */
export interface Instant {
  readonly at: number;
  readonly inferred: boolean;
}

/** Kinds of change, as `electron/watch/resource.ts` tells them. */
export type ObservationType = 'listed' | 'added' | 'modified' | 'deleted';

/**
 * The best guess at a moment that Kubernetes wrote down as `written` and whose news arrived at `arrival`.
 *
 * Kubernetes rounds down to whole seconds, so the truth lies between `written` and the end of that second, and not after the
 * arrival. Arrivals keep the order between objects (a driver starts before its application is RUNNING), so the arrival is taken,
 * but never one after the second that Kubernetes names: the result does not contradict what kubectl shows and is wrong by less
 * than a second. An arrival before `written` means that our clock is behind the cluster's: it stands too, since the states of
 * the application have nothing but arrivals. A time with a fraction (events' `eventTime`) is exact and stands. What was only
 * listed later has no arrival worth anything: its `written` time stands, marked as inferred. Neither stands when it lies after the
 * arrival: nothing is heard of before it happened, so the cluster's clock is ahead of ours, and all else is told by ours.
 */
export function instant(written: number | null, arrival: number, type: ObservationType): Instant {
  if (type === 'listed') return { at: Math.min(written ?? arrival, arrival), inferred: true };
  if (written === null) return { at: arrival, inferred: false };
  if (written % 1000 !== 0) return { at: Math.min(written, arrival), inferred: false };
  return { at: Math.min(arrival, written + 999), inferred: false };
}

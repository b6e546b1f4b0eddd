import type { Forward } from '../../shared/contract/forwards.ts';
import type { Failure } from '../../shared/failure.ts';
import type { UiPlace } from './spark-ui-step.ts';

/**
 * What is known of the way to the UI beside where it is: nothing yet, it answers, nobody listens, the tunnel died, is there again (and the
 * UI not asked yet), was refused.
 */
export type UiWay =
  | { way: 'none' }
  | { way: 'regained' }
  | { way: 'serves' }
  | { way: 'silent' }
  | { way: 'lost'; failure: Failure }
  | { way: 'refused'; failure: Failure };

export interface UiState {
  place: UiPlace;
  way: UiWay;
  /** Once the proxy listens. */
  url: string | null;
  /** When the forward came into its present state. */
  since: number;
  /** Whether any driver's UI answered so far: what is waited for afterwards is waited for again. */
  served: boolean;
  /** Whether this driver's did. */
  seen: boolean;
}

/** What is told of a forward in this state. `now` stands in where no time of the end is known. Pure. */
export function forwardOf({ place, way, url, since, served, seen }: UiState, now: number): Forward {
  if (way.way === 'refused') return { state: 'failed', failure: way.failure, retryAt: null };
  if (place.place === 'over') {
    return { state: 'ended', reason: place.reason, at: place.at ?? now, exitCode: place.exitCode };
  }
  if (place.place === 'at' && way.way === 'serves' && url !== null) {
    return { state: 'active', url, pod: place.pod, port: place.port, since };
  }
  const why = way.way === 'lost' ? wordsOf(way.failure) : place.place === 'awaited' ? place.why : null;
  if (!served || url === null) return { state: 'starting', for: awaited(place), since, why };
  return { state: 'reconnecting', reason: reasonOf(place, way, seen), url, since, why };
}

function awaited(place: UiPlace): 'driver' | 'container' | 'port' {
  if (place.place === 'at') return 'port';
  return place.place === 'awaited' ? place.for : 'driver';
}

function reasonOf(place: UiPlace, way: UiWay, seen: boolean): 'driver-gone' | 'port-closed' | 'tunnel-lost' {
  if (place.place !== 'at') return 'driver-gone';
  if (way.way === 'lost' || way.way === 'regained') return 'tunnel-lost';
  return seen ? 'port-closed' : 'driver-gone';
}

function wordsOf(failure: Failure): string {
  return failure.code === 'unreachable' ? failure.reason : failure.code;
}

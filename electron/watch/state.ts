import type { Freshness } from '../../shared/contract/freshness.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Tuning } from './tuning.ts';

/** A place in a paged list. */
export interface ListPosition {
  /** Null before the first page. */
  continueToken: string | null;
  /** The version of the first page: the watch goes on from there. */
  version: string | null;
  /** How often this list had to start over because its continue token had expired. */
  expired: number;
}

/** What is to be done next, now or after a wait. */
export type Next = { next: 'list'; position: ListPosition } | { next: 'watch'; version: string };

/**
 * What a watch is doing. Times are epoch milliseconds.
 *
 * ```
 *            last page           headers
 *  listing ────────────▶ opening ───────▶ watching
 *   │  ▲ ▲                │  ▲               │
 *   │  │ └── 410 ─────────┴──│───────────────┤
 *   ▼  │                     └── clean end, silence, sleep
 *  waiting ◀── failure of any of them; goes on where it was
 * ```
 */
type Phase =
  | { phase: 'listing'; position: ListPosition; startedAt: number }
  | { phase: 'opening'; version: string; startedAt: number; timeoutSeconds: number }
  | { phase: 'watching'; version: string; openedAt: number; endsBy: number; settled: boolean; tickedAt: number }
  | { phase: 'waiting'; next: Next; startedAt: number; until: number };

/** All a watch remembers between two signals. */
export interface Watch {
  doing: Phase;
  /** What the subscribers were told last. */
  freshness: Freshness;
  /** Whether a list was ever finished. */
  complete: boolean;
  /** Objects received by the list under way. */
  received: number;
  /** Failures in a row. */
  failures: number;
  /** When the last byte came that can be trusted; before any, when we began. */
  goodAt: number;
  /** A loss that is being repaired and not yet told of. */
  loss: { at: number; failure: Failure } | null;
}

/** What happens to a watch. */
export type Signal =
  | { signal: 'start' }
  | { signal: 'page'; version: string; continueToken: string | null; count: number }
  | { signal: 'opened' }
  /** Bytes came: `version` is the newest seen in them, if any; `failure` an ERROR event that followed. */
  | { signal: 'received'; version: string | null; failure: Failure | null }
  /** The server closed the watch in order. */
  | { signal: 'ended' }
  | { signal: 'failed'; failure: Failure }
  /** The time asked for by {@link nextWake} has come. */
  | { signal: 'tick' }
  | { signal: 'retry' }
  | { signal: 'restart' };

/** What is to be done, in order. `list` and `watch` take the place of the request before. */
export type Effect =
  | { effect: 'list'; continueToken: string | null; limit: number | null }
  | { effect: 'watch'; version: string; timeoutSeconds: number }
  | { effect: 'abandon' }
  /** A list starts at its first page. */
  | { effect: 'begin' }
  /** The list is complete: what it did not hold is gone. */
  | { effect: 'finish' }
  | { effect: 'clear' }
  | { effect: 'tell'; freshness: Freshness };

/** What the world contributes to a step: `random` is from 0 to 1, `server` is `https://host:port`. */
export interface World {
  at: number;
  random: number;
  server: string;
}

const LIST_START: ListPosition = { continueToken: null, version: null, expired: 0 };

/** The first page of a list that has started over `expired` times. */
export function listStart(expired = 0): ListPosition {
  return { ...LIST_START, expired };
}

/** A watch that has not started. */
export function newWatch(at: number): Watch {
  return {
    doing: { phase: 'waiting', next: { next: 'list', position: LIST_START }, startedAt: at, until: at },
    freshness: { state: 'loading', received: 0 },
    complete: false,
    received: 0,
    failures: 0,
    goodAt: at,
    loss: null,
  };
}

/** When `tick` has to be signalled next. */
export function nextWake(watch: Watch, tuning: Tuning): number {
  const mention =
    watch.loss !== null && watch.freshness.state === 'live' ? watch.loss.at + tuning.grace : Number.POSITIVE_INFINITY;
  const { doing } = watch;
  switch (doing.phase) {
    case 'listing':
      return Math.min(mention, doing.startedAt + tuning.attemptTimeout);
    case 'opening':
      return Math.min(mention, doing.startedAt + tuning.attemptTimeout);
    case 'watching':
      return Math.min(mention, doing.settled ? doing.tickedAt + tuning.tick : doing.openedAt + tuning.settle);
    case 'waiting':
      return Math.min(mention, doing.until);
  }
}

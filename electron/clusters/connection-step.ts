import type { Connection } from '../../shared/contract/clusters.ts';
import type { Failure } from '../../shared/failure.ts';

/**
 * What the follower of one connection is doing. `shown` is what people see meanwhile.
 *
 * ```
 *         follow             answered
 *  idle ─────────▶ checking ──────────▶ settled
 *   ▲              ▲  │  ▲                 │ trouble, changed, retry
 *   │ last one     │  │  └─────────────────┘
 *   │ leaves       │  │ failed
 *  (any)     due,  │  ▼
 *   retry, changed └ waiting
 * ```
 */
export type Checkup =
  | { doing: 'idle' }
  | { doing: 'checking'; failures: number; shown: Connection }
  | { doing: 'settled'; shown: Connection }
  | { doing: 'waiting'; failures: number; until: number; shown: Connection };

/** What can happen to it. `at` is the time in epoch milliseconds, `random` is in [0, 1). */
export type Signal =
  | { signal: 'follow'; at: number }
  | { signal: 'leave' }
  | { signal: 'answered'; version: string; at: number }
  | { signal: 'failed'; failure: Failure; at: number; random: number }
  | { signal: 'due' }
  /** The kubeconfig changed, or a person asked: what was known counts no more. */
  | { signal: 'changed' | 'retry'; at: number }
  /** Someone lost a connection that should be there. */
  | { signal: 'trouble' };

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
/**
 * Where a person has to act, trying again by itself is rare: a login may open a browser or lock an account, and an edit of the
 * kubeconfig tries at once anyway.
 */
const FIRST_SLOW_DELAY = 15_000;
const LONGEST_SLOW_DELAY = 300_000;

/** The next state; the same object when nothing changes. Each new `checking` asks for a check of its own and ends the one before. */
export function step(before: Checkup, signal: Signal): Checkup {
  if (signal.signal === 'leave') return { doing: 'idle' };
  if (signal.signal === 'follow') return before.doing === 'idle' ? afresh(signal.at) : before;
  if (before.doing === 'idle') return before;
  switch (signal.signal) {
    case 'changed':
    case 'retry':
      return afresh(signal.at);
    case 'trouble':
      return before.doing === 'settled' ? { doing: 'checking', failures: 0, shown: before.shown } : before;
    case 'due':
      return before.doing === 'waiting' ? { doing: 'checking', failures: before.failures, shown: before.shown } : before;
    case 'answered': {
      if (before.doing !== 'checking') return before;
      const same = before.shown.state === 'connected' && before.shown.version === signal.version;
      const shown: Connection = same ? before.shown : { state: 'connected', since: signal.at, version: signal.version };
      return { doing: 'settled', shown };
    }
    case 'failed': {
      if (before.doing !== 'checking') return before;
      const failures = before.failures + 1;
      const state = stateOf(signal.failure);
      const until =
        signal.at + delay(failures, state === 'unauthorised' || signal.failure.code.startsWith('context-'), signal.random);
      return { doing: 'waiting', failures, until, shown: { state, failure: signal.failure, retryAt: until } };
    }
  }
}

function afresh(at: number): Extract<Checkup, { doing: 'checking' }> {
  return { doing: 'checking', failures: 0, shown: { state: 'connecting', since: at } };
}

/** Doubled with each failure, and spread over half its length, so that many contexts do not knock at once. */
function delay(failures: number, slow: boolean, random: number): number {
  const [first, longest] = slow ? [FIRST_SLOW_DELAY, LONGEST_SLOW_DELAY] : [FIRST_DELAY, LONGEST_DELAY];
  return Math.round(Math.min(longest, first * 2 ** (failures - 1)) * (0.5 + random / 2));
}

/** Which of the three bad states a failure is. */
export function stateOf(failure: Failure): 'unreachable' | 'unauthorised' | 'forbidden' {
  switch (failure.code) {
    case 'unauthorised':
    case 'credential-file':
    case 'certificate-expired':
    case 'plugin-absent':
    case 'plugin-failed':
    case 'plugin-hung':
    case 'plugin-rubbish':
      return 'unauthorised';
    case 'forbidden':
      return 'forbidden';
    default:
      return 'unreachable';
  }
}

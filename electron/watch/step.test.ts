import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { type Effect, listStart, newWatch, nextWake, type Signal, type Watch } from './state.ts';
import { step } from './step.ts';
import { defaultTuning as tuning } from './tuning.ts';

const server = 'https://server:6443';
const lost: Failure = { code: 'unreachable', server, reason: 'ECONNRESET' };
const gone: Failure = { code: 'server-error', status: 410, message: 'too old' };
const unwell: Failure = { code: 'server-error', status: 503, message: 'busy' };
const refused: Failure = { code: 'unauthorised', server, message: 'no' };
const busy: Failure = { code: 'too-many-requests', retryAfterSeconds: 20 };

/** Runs signals at their times; gives the last state and the effects of the last signal in short. */
function run(start: Watch, signals: [number, Signal][], random = 0): { watch: Watch; effects: string[] } {
  let watch = start;
  let effects: Effect[] = [];
  for (const [at, signal] of signals) ({ watch, effects } = step(watch, signal, { at, random, server }, tuning));
  return { watch, effects: effects.map(short) };
}

function short(effect: Effect): string {
  switch (effect.effect) {
    case 'list':
      return `list ${effect.continueToken ?? 'start'}/${effect.limit}`;
    case 'watch':
      return `watch ${effect.version} for ${effect.timeoutSeconds}s`;
    case 'tell': {
      const { freshness } = effect;
      if (freshness.state === 'stale')
        return `stale since ${freshness.since}, retry ${freshness.retryAt}: ${freshness.failure.code}`;
      return freshness.state === 'loading' ? `loading ${freshness.received}` : freshness.state;
    }
    default:
      return effect.effect;
  }
}

const lastPage: Signal = { signal: 'page', version: '5', continueToken: null, count: 10 };
const failed = (failure: Failure): Signal => ({ signal: 'failed', failure });
const received = (version: string | null, failure: Failure | null = null): Signal => ({ signal: 'received', version, failure });
const started: [number, Signal][] = [[0, { signal: 'start' }]];
const listed: [number, Signal][] = [...started, [100, lastPage]];
const open: [number, Signal][] = [...listed, [200, { signal: 'opened' }]];
const live: [number, Signal][] = [...open, [1000, received('6')]];

describe('step', () => {
  test.each<[string, [number, Signal][], string[]]>([
    ['starts with the first page', started, ['begin', 'list start/500']],
    [
      'asks for the next page',
      [...started, [1, { signal: 'page', version: '5', continueToken: 't', count: 500 }]],
      ['loading 500', 'list t/500'],
    ],
    ['watches from the version of the list', listed, ['finish', 'live', 'watch 5 for 240s']],
    ['says nothing when the watch opens', open, []],
    ['goes on at once after a clean end', [...live, [2000, { signal: 'ended' }]], ['watch 6 for 240s']],
    [
      'waits when the watch ends at once again',
      [...live, [2000, { signal: 'ended' }], [2001, { signal: 'opened' }], [2002, { signal: 'ended' }]],
      ['abandon', 'stale since 2001, retry 3002: unreachable'],
    ],
    [
      'forgives an end after a watch that stayed open',
      [...live, [2000, { signal: 'ended' }], [2001, { signal: 'opened' }], [9000, { signal: 'ended' }]],
      ['watch 6 for 240s'],
    ],
    [
      'is stale as soon as the connection breaks',
      [...live, [2000, failed(lost)]],
      ['abandon', 'stale since 1000, retry 2500: unreachable'],
    ],
    [
      'says that it is trying',
      [...live, [2000, failed(lost)], [2500, { signal: 'tick' }]],
      ['stale since 1000, retry null: unreachable', 'watch 6 for 240s'],
    ],
    ['does not try early', [...live, [2000, failed(lost)], [2499, { signal: 'tick' }]], []],
    [
      'does not wait longer for a clock set back',
      [...live, [2000, failed(lost)], [1999, { signal: 'tick' }]],
      ['stale since 1000, retry null: unreachable', 'watch 6 for 240s'],
    ],
    [
      'tries at once when told to',
      [...live, [2000, failed(lost)], [2001, { signal: 'retry' }]],
      ['stale since 1000, retry null: unreachable', 'watch 6 for 240s'],
    ],
    [
      'doubles the wait',
      [...live, [2000, failed(lost)], [2500, { signal: 'tick' }], [2600, failed(lost)]],
      ['abandon', 'stale since 1000, retry 3600: unreachable'],
    ],
    ['keeps to Retry-After', [...live, [2000, failed(busy)]], ['abandon', 'stale since 1000, retry 22000: too-many-requests']],
    ['lists anew when its version is gone', [...live, [2000, received(null, gone)]], ['begin', 'list start/500']],
    ['lists anew when its version is gone while opening', [...listed, [150, failed(gone)]], ['begin', 'list start/500']],
    [
      'waits when the version is gone again and again',
      [...open, [300, received(null, gone)], [400, lastPage], [500, { signal: 'opened' }], [501, received(null, gone)]],
      ['abandon', 'stale since 501, retry 1501: server-error'],
    ],
    ['is refused by a 401, and waits long', [...live, [2000, failed(refused)]], ['abandon', 'refused']],
    [
      'tries after a refusal without a word',
      [...live, [2000, failed(refused)], [32_000, { signal: 'tick' }]],
      ['watch 6 for 240s'],
    ],
    [
      'resumes after one error',
      [...live, [2000, received(null, unwell)], [2500, { signal: 'tick' }]],
      ['stale since 2000, retry null: server-error', 'watch 6 for 240s'],
    ],
    [
      'lists anew after three errors in a row',
      [
        ...live,
        [2000, failed(unwell)],
        [3000, { signal: 'tick' }],
        [3001, failed(unwell)],
        [6000, { signal: 'tick' }],
        [6001, failed(unwell)],
        [9000, { signal: 'tick' }],
      ],
      ['stale since 1000, retry null: server-error', 'begin', 'list start/500'],
    ],
    ['opens anew after a silence', [...live, [91_000, { signal: 'tick' }]], ['watch 6 for 240s']],
    ['does nothing on a tick without a silence', [...live, [6000, { signal: 'tick' }]], []],
    ['takes any byte for life', [...live, [5900, received(null)], [6000, { signal: 'tick' }]], []],
    [
      'opens anew after the machine slept',
      [...live, [6000, { signal: 'tick' }], [30_000, { signal: 'tick' }]],
      ['watch 6 for 240s'],
    ],
    [
      'is stale when opening anew takes longer than the grace',
      [...live, [91_000, { signal: 'tick' }], [92_500, { signal: 'tick' }]],
      ['stale since 1000, retry null: no-answer'],
    ],
    [
      'is stale when the first watch does not open',
      [...listed, [1600, { signal: 'tick' }]],
      ['stale since 100, retry null: no-answer'],
    ],
    [
      'gives up on a watch that is not answered',
      [...listed, [120_100, { signal: 'tick' }]],
      ['abandon', 'stale since 100, retry 120600: no-answer'],
    ],
    [
      'gives up on a page that does not come',
      [...started, [120_000, { signal: 'tick' }]],
      ['abandon', 'stale since 0, retry 120500: no-answer'],
    ],
    ['a retry opens a silent watch anew', [...live, [11_000, { signal: 'retry' }]], ['watch 6 for 240s']],
    ['a retry leaves a lively watch alone', [...live, [2000, { signal: 'retry' }]], []],
    ['a retry leaves a list under way alone', [...started, [9000, { signal: 'retry' }]], []],
    ['a retry replaces a watch that is slow to open', [...listed, [5000, { signal: 'retry' }]], ['watch 5 for 240s']],
    ['a restart forgets everything', [...live, [2000, { signal: 'restart' }]], ['clear', 'loading 0', 'begin', 'list start/500']],
    ['ignores what comes late', [...live, [2000, failed(lost)], [2001, lastPage]], []],
    ['ignores a second failure', [...live, [2000, failed(lost)], [2001, failed(lost)]], []],
  ])('%s', (_, signals, effects) => {
    expect(run(newWatch(0), signals).effects).toEqual(effects);
  });

  test('is live again on the first event, or when an opened watch has settled', () => {
    const back: [number, Signal][] = [...live, [2000, failed(lost)], [2500, { signal: 'tick' }], [2600, { signal: 'opened' }]];
    expect(run(newWatch(0), back).watch.freshness.state).toBe('stale');
    expect(run(newWatch(0), [...back, [2610, received('7')]]).effects).toEqual(['live']);
    expect(run(newWatch(0), [...back, [2700, { signal: 'tick' }]]).effects).toEqual([]);
    expect(run(newWatch(0), [...back, [2850, { signal: 'tick' }]]).effects).toEqual(['live']);
  });

  test('an expired continue token starts the list over, and at the second time asks for it whole', () => {
    const page: Signal = { signal: 'page', version: '5', continueToken: 't', count: 500 };
    const once: [number, Signal][] = [...started, [1, page], [2, failed(gone)]];
    expect(run(newWatch(0), once).effects).toEqual(['begin', 'list start/500']);
    const twice: [number, Signal][] = [...once, [3, page], [4, failed(gone)]];
    expect(run(newWatch(0), [...twice, [2000, { signal: 'tick' }]]).effects).toContain('list start/null');
  });

  test('a page that failed is asked for again, not the list', () => {
    const page: Signal = { signal: 'page', version: '5', continueToken: 't', count: 500 };
    const again: [number, Signal][] = [...started, [1, page], [2, failed(unwell)], [600, { signal: 'tick' }]];
    expect(run(newWatch(0), again).effects.at(-1)).toBe('list t/500');
  });

  test('a later list keeps quiet about its pages and starts no loading', () => {
    const page: Signal = { signal: 'page', version: '9', continueToken: 't', count: 500 };
    const { effects } = run(newWatch(0), [...live, [2000, received(null, gone)], [2100, page]]);
    expect(effects).toEqual(['list t/500']);
  });

  test('waits are cut by up to a half at random, and never exceed the longest', () => {
    const base = run(newWatch(0), live).watch;
    for (const [failures, random, wait] of [
      [0, 0, 500],
      [0, 1, 250],
      [3, 0, 4000],
      [50, 0, 30_000],
      [5000, 1, 15_000],
    ] as const) {
      const { watch } = step({ ...base, failures }, failed(lost), { at: 5000, random, server }, tuning);
      expect(watch.doing).toMatchObject({ phase: 'waiting', until: 5000 + wait });
    }
  });

  test('the server is asked to end watches after 240 to 360 s, at random', () => {
    const at = (random: number) => run(newWatch(0), listed, random).effects.at(-1);
    expect([at(0), at(0.5), at(0.9999999)]).toEqual(['watch 5 for 240s', 'watch 5 for 300s', 'watch 5 for 360s']);
  });

  test('a watch that outlives its server timeout by a tenth is opened anew, however lively', () => {
    let { watch } = run(newWatch(0), live);
    for (let at = 5000; at < 200 + 264_000; at += 5000) {
      watch = step(watch, { signal: 'tick' }, { at, random: 0, server }, tuning).watch;
      watch = step(watch, received(String(at)), { at, random: 0, server }, tuning).watch;
      expect(watch.doing.phase).toBe('watching');
    }
    expect(step(watch, { signal: 'tick' }, { at: 265_000, random: 0, server }, tuning).watch.doing.phase).toBe('opening');
  });
});

test('the next wake is never in the past of the phase it belongs to', () => {
  expect(nextWake(newWatch(50), tuning)).toBe(50);
  expect(nextWake(run(newWatch(0), started).watch, tuning)).toBe(120_000);
  expect(nextWake(run(newWatch(0), listed).watch, tuning)).toBe(1600);
  expect(nextWake(run(newWatch(0), open).watch, tuning)).toBe(450);
  expect(nextWake(run(newWatch(0), live).watch, tuning)).toBe(5200);
  expect(listStart(2)).toEqual({ continueToken: null, version: null, expired: 2 });
});

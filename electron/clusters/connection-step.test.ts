import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { type Checkup, type Signal, stateOf, step } from './connection-step.ts';

const dead: Failure = { code: 'unreachable', server: 'https://h', reason: 'x' };
const refused: Failure = { code: 'unauthorised', server: 'https://h', message: '' };
const answered = (at: number): Signal => ({ signal: 'answered', version: 'v1.34', at });
const failed = (at: number, failure: Failure = dead, random = 1): Signal => ({ signal: 'failed', failure, at, random });

const idle: Checkup = { doing: 'idle' };
const connecting: Checkup = { doing: 'checking', failures: 0, shown: { state: 'connecting', since: 5 } };
const connected: Checkup = { doing: 'settled', shown: { state: 'connected', since: 5, version: 'v1.34' } };
const lost: Checkup = { doing: 'checking', failures: 0, shown: { state: 'connected', since: 5, version: 'v1.34' } };
const waiting: Checkup = {
  doing: 'waiting',
  failures: 1,
  until: 1_005,
  shown: { state: 'unreachable', failure: dead, retryAt: 1_005 },
};
const anew = (at: number): Checkup => ({ doing: 'checking', failures: 0, shown: { state: 'connecting', since: at } });

describe('each signal in each state', () => {
  const table: [string, Checkup, Signal, Checkup][] = [
    ['the first follower starts a check', idle, { signal: 'follow', at: 5 }, connecting],
    ['a second follower changes nothing', connected, { signal: 'follow', at: 9 }, connected],
    ['an answer connects', connecting, answered(5), connected],
    ['a failure waits', connecting, failed(5), waiting],
    [
      'the wait ends in a check, with the failure still shown',
      waiting,
      { signal: 'due' },
      { doing: 'checking', failures: 1, shown: waiting.shown },
    ],
    ['trouble checks, with the connection still shown', connected, { signal: 'trouble' }, lost],
    ['a check that finds all well keeps its beginning', lost, answered(99), connected],
    [
      'a check that finds another version begins anew',
      lost,
      { signal: 'answered', version: 'v2', at: 99 },
      { doing: 'settled', shown: { state: 'connected', since: 99, version: 'v2' } },
    ],
    ['trouble while waiting waits on', waiting, { signal: 'trouble' }, waiting],
    ['trouble while checking checks on', connecting, { signal: 'trouble' }, connecting],
    ['a retry tries at once', waiting, { signal: 'retry', at: 9 }, anew(9)],
    ['a changed kubeconfig tries at once', connected, { signal: 'changed', at: 9 }, anew(9)],
    ['a changed kubeconfig starts a running check again', connecting, { signal: 'changed', at: 9 }, anew(9)],
    ['nobody left: nothing goes on', waiting, { signal: 'leave' }, idle],
    ['nobody there: a retry does nothing', idle, { signal: 'retry', at: 9 }, idle],
    ['nobody there: trouble is nobody’s', idle, { signal: 'trouble' }, idle],
    ['a late answer is ignored', waiting, answered(9), waiting],
    ['a late failure is ignored', connected, failed(9), connected],
    ['a late end of a wait is ignored', connected, { signal: 'due' }, connected],
  ];
  test.each(table)('%s', (_what, before, signal, after) => {
    expect(step(before, signal)).toEqual(after);
  });
});

/** The waits of a connection that fails again and again. */
function waits(failure: Failure, count: number, random: number): number[] {
  let state: Checkup = connecting;
  return Array.from({ length: count }, () => {
    state = step(state, failed(0, failure, random));
    const wait = state.doing === 'waiting' ? state.until : -1;
    state = step(state, { signal: 'due' });
    return wait;
  });
}

test('waits double from 1 s to 30 s, spread over half their length', () => {
  expect(waits(dead, 7, 1)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(waits(dead, 3, 0)).toEqual([500, 1_000, 2_000]);
});

test.each([refused, { code: 'context-unknown', context: 'a' } as const])('$code is tried again rarely', (failure) => {
  expect(waits(failure, 6, 1)).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, 300_000]);
});

test('a success makes the next wait short again', () => {
  const tired = step(step(step(connecting, failed(0)), { signal: 'due' }), failed(0));
  const well = step(step(tired, { signal: 'due' }), answered(1));
  expect(step(step(well, { signal: 'trouble' }), failed(0))).toMatchObject({ doing: 'waiting', until: 1_000 });
});

test('whatever happens: a wait always has an end after its beginning, and nobody following means idle', () => {
  const signals = fc.oneof(
    fc.constant<Signal>({ signal: 'follow', at: 1 }),
    fc.constant<Signal>({ signal: 'leave' }),
    fc.constant<Signal>({ signal: 'due' }),
    fc.constant<Signal>({ signal: 'trouble' }),
    fc.constant<Signal>({ signal: 'retry', at: 1 }),
    fc.constant(answered(1)),
    fc.double({ min: 0, max: 0.99, noNaN: true }).map((random) => failed(1, dead, random)),
  );
  fc.assert(
    fc.property(fc.array(signals, { maxLength: 60 }), (list) => {
      let state: Checkup = idle;
      for (const signal of list) {
        state = step(state, signal);
        if (state.doing === 'waiting') expect(state.until).toBeGreaterThanOrEqual(501);
        if (state.doing === 'settled') expect(state.shown.state).toBe('connected');
      }
      expect(step(state, { signal: 'leave' })).toEqual(idle);
    }),
  );
});

test.each([
  ['plugin-absent', 'unauthorised'],
  ['plugin-hung', 'unauthorised'],
  ['certificate-expired', 'unauthorised'],
  ['forbidden', 'forbidden'],
  ['no-answer', 'unreachable'],
  ['untrusted', 'unreachable'],
  ['context-unknown', 'unreachable'],
])('%s is %s', (code, state) => {
  expect(stateOf({ code } as Failure)).toBe(state);
});

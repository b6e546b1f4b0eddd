import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../platform/world.ts';
import type { ExecCredential } from './exec-protocol.ts';
import { shareRun } from './shared-run.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const credential = (expiresAt: number | null): ExecCredential => ({ token: 't', certificate: null, expiresAt });

/** A plugin that takes a second a run; `outcome` says what the nth run (from 1) gives. */
function counted(outcome: (run: number) => ExecCredential | Error) {
  const counter = { runs: 0 };
  const shared = shareRun(async () => {
    counter.runs += 1;
    const result = outcome(counter.runs);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (result instanceof Error) throw result;
    return result;
  }, systemClock);
  return { shared, counter };
}

/** The outcome of `promise` once the plugin has had its second. */
async function after<Value>(promise: Promise<Value>): Promise<Value | string> {
  const settled = promise.catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(1_000);
  return settled;
}

test('twelve parallel first calls run the plugin once', async () => {
  const { shared, counter } = counted(() => credential(null));
  const all = Promise.all(Array.from({ length: 12 }, () => shared.get()));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(new Set(await all).size).toBe(1);
  await shared.get();
  expect(counter.runs).toBe(1);
});

test('twelve parallel first calls of a failing plugin run it once, and each gets the failure', async () => {
  const { shared, counter } = counted(() => new Error('no'));
  const all = Promise.allSettled(Array.from({ length: 12 }, () => shared.get()));
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await all).every(({ status }) => status === 'rejected')).toBe(true);
  expect(counter.runs).toBe(1);
});

test('a credential is kept until a minute before its end, then got anew', async () => {
  const { shared, counter } = counted((run) => credential(run * 3_600_000));
  await after(shared.get());
  vi.setSystemTime(3_539_000);
  await shared.get();
  expect(counter.runs).toBe(1);
  vi.setSystemTime(3_541_000);
  expect(await after(shared.get())).toEqual(credential(7_200_000));
  expect(counter.runs).toBe(2);
});

test('a credential of 30 s is not renewed at once', async () => {
  const { shared, counter } = counted(() => credential(30_000));
  await after(shared.get());
  vi.setSystemTime(10_000);
  await shared.get();
  expect(counter.runs).toBe(1);
});

test('an early renewal that fails is no loss while the old one holds', async () => {
  const { shared } = counted((run) => (run === 1 ? credential(600_000) : new Error('no')));
  await after(shared.get());
  vi.setSystemTime(590_000);
  expect(await after(shared.get())).toEqual(credential(600_000));
  vi.setSystemTime(600_001);
  expect(await after(shared.get())).toBe('no');
});

test('a failing plugin is not run in a storm: the pauses grow, and forgiving ends them', async () => {
  const { shared, counter } = counted(() => new Error('no'));
  for (let second = 0; second < 120; second += 1) await after(shared.get());
  expect(counter.runs).toBeGreaterThanOrEqual(4);
  expect(counter.runs).toBeLessThanOrEqual(6);
  shared.forgive();
  const before = counter.runs;
  await after(shared.get());
  expect(counter.runs).toBe(before + 1);
});

test('a refused credential is renewed once for all who used it', async () => {
  const { shared, counter } = counted((run) => ({ ...credential(null), token: `t${run}` }));
  const first = await after(shared.get());
  if (typeof first === 'string') throw new Error(first);
  const renewed = Promise.all([shared.renew(first), shared.renew(first), shared.get()]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await renewed).map((one) => one?.token)).toEqual(['t2', 't2', 't2']);
  expect((await shared.renew(first))?.token).toBe('t2');
  expect(counter.runs).toBe(2);
});

test('a server that refuses every credential does not run the plugin in a storm', async () => {
  const { shared, counter } = counted((run) => ({ ...credential(null), token: `t${run}` }));
  for (let second = 0; second < 60; second += 1) {
    const used = await after(shared.get());
    if (typeof used !== 'string') await after(shared.renew(used));
  }
  expect(counter.runs).toBeLessThanOrEqual(7);
});

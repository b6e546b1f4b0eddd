import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTime, type Time } from '../time.ts';
import { createQueue } from './queue.ts';

let time: Time = createTime(1);
afterEach(() => {
  time.close();
  time = createTime(1);
});
const soon = { timeout: 1000, interval: 2 };
const turn = () => new Promise((resolve) => setTimeout(resolve, 10));

/** A pass that lasts until it is let go. */
function slow() {
  const passes: string[] = [];
  const waiting: (() => void)[] = [];
  const pass = (key: string) => {
    passes.push(key);
    return new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { passes, pass, next: () => waiting.shift()?.() };
}

describe('a queue', () => {
  test('has a key in one pass at a time, and once more however often it was added meanwhile', async () => {
    const { next, pass, passes } = slow();
    const queue = createQueue(time, 10, pass);
    queue.add('a');
    queue.add('a');
    await turn();
    expect(passes).toEqual(['a']);
    queue.add('a');
    queue.add('a');
    await turn();
    expect(passes).toEqual(['a']);
    next();
    await vi.waitFor(() => expect(passes).toEqual(['a', 'a']), soon);
    next();
    await turn();
    expect(passes).toEqual(['a', 'a']);
  });

  test('has no more passes at a time than workers', async () => {
    const { next, pass, passes } = slow();
    const queue = createQueue(time, 2, pass);
    for (const key of ['a', 'b', 'c']) queue.add(key);
    await turn();
    expect(passes).toEqual(['a', 'b']);
    next();
    await vi.waitFor(() => expect(passes).toEqual(['a', 'b', 'c']), soon);
  });

  test('keeps the last appointment only', async () => {
    const passes: number[] = [];
    const queue = createQueue(time, 1, async () => void passes.push(Date.now()));
    const from = Date.now();
    queue.addAfter('a', 5);
    queue.addAfter('a', 60);
    await vi.waitFor(() => expect(passes).toHaveLength(1), soon);
    expect((passes[0] ?? 0) - from).toBeGreaterThanOrEqual(55);
  });

  test('waits twice as long after each failure in a row, and begins anew when the row is over', async () => {
    const paces: number[] = [];
    let passes = 0;
    const instant: Time = { ...time, pace: async (seconds) => void paces.push(seconds) };
    const queue = createQueue(instant, 1, async (key) => {
      passes += 1;
      if (passes === 4) queue.forget(key);
      if (passes < 7) queue.addLater(key);
    });
    queue.add('a');
    await vi.waitFor(() => expect(passes).toBe(7), soon);
    expect(paces).toEqual([0.005, 0.01, 0.02, 0.005, 0.01, 0.02]);
  });

  test('waits a thousand seconds at most', async () => {
    const paces: number[] = [];
    const instant: Time = { ...time, pace: async (seconds) => void paces.push(seconds) };
    const queue = createQueue(instant, 1, async (key) => {
      if (paces.length < 20) queue.addLater(key);
    });
    queue.add('a');
    await vi.waitFor(() => expect(paces).toHaveLength(20), soon);
    expect(paces.slice(-3)).toEqual([655.36, 1000, 1000]);
  });

  test('does nothing after its end', async () => {
    const { pass, passes } = slow();
    const queue = createQueue(time, 1, pass);
    queue.add('a');
    queue.close();
    await turn();
    expect(passes).toEqual([]);
  });
});

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

  test('waits twice as long after each failure in a row', async () => {
    const passes: number[] = [];
    const queue = createQueue(time, 1, async (key) => {
      passes.push(Date.now());
      if (passes.length < 15) queue.addLater(key);
    });
    queue.add('a');
    await vi.waitFor(() => expect(passes.length).toBe(15), { timeout: 4000, interval: 5 });
    // 5 ms · 2^n: the last pause alone is longer than all before the one before it.
    expect((passes[14] ?? 0) - (passes[13] ?? 0)).toBeGreaterThan((passes[12] ?? 0) - (passes[0] ?? 0));
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

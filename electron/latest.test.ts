import { describe, expect, it } from 'vitest';
import { latest } from './latest.ts';

function source() {
  let push: (value: number) => void = () => {};
  let closed = 0;
  return {
    push: (value: number) => push(value),
    closed: () => closed,
    open: (to: (value: number) => void) => {
      push = to;
      to(0);
      return () => {
        closed += 1;
      };
    },
  };
}

describe('latest', () => {
  it('gives the present value first and then the newest of those that came meanwhile', async () => {
    const numbers = source();
    const values = latest(numbers.open, undefined);
    expect((await values.next()).value).toBe(0);
    numbers.push(1);
    numbers.push(2);
    expect((await values.next()).value).toBe(2);
    await values.return();
    expect(numbers.closed()).toBe(1);
  });

  it('folds what came meanwhile', async () => {
    const numbers = source();
    const values = latest(numbers.open, undefined, { fold: (before: number, after: number) => before + after });
    await values.next();
    numbers.push(1);
    numbers.push(2);
    expect((await values.next()).value).toBe(3);
    await values.return();
  });

  it('ends and closes its source when the reader goes, also while waiting', async () => {
    const numbers = source();
    const reader = new AbortController();
    const values = latest(numbers.open, reader.signal);
    await values.next();
    const waiting = values.next();
    reader.abort();
    expect((await waiting).done).toBe(true);
    expect(numbers.closed()).toBe(1);
  });
});

import { expect, it } from 'vitest';
import type { Mark } from '../../../../shared/timeline/timeline.ts';
import { keysOf } from './keys.ts';

const mark = (at: number): Mark => ({ at, type: 'Normal', reason: 'Pulled', message: '', about: 'Pod a', count: 1 });

it('gives equal events different keys, and keeps them when another event comes first', () => {
  const before = keysOf([mark(1), mark(1)]).map(({ key }) => key);
  expect(new Set(before).size).toBe(2);
  expect(
    keysOf([mark(2), mark(1), mark(1)])
      .map(({ key }) => key)
      .slice(1),
  ).toEqual(before);
});

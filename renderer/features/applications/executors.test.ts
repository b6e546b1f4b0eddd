import { expect, test } from 'vitest';
import type { Phase } from '../../../shared/spark/state.ts';
import { executorCount } from './executors.ts';

test.each<[Phase, number, number, string | undefined]>([
  ['running', 2, 4, '2/4'],
  ['starting', 0, 4, '0/4'],
  ['succeeded', 0, 4, '4'],
  ['failed', 0, 4, '4'],
  ['suspended', 0, 4, '4'],
  ['failed', 1, 4, '1/4'],
  ['running', 0, 0, undefined],
])('%s with %d of %d executors reads %s', (phase, running, total, text) => {
  expect(executorCount({ executors: { running, total }, state: { phase, word: '', why: null } })?.text).toBe(text);
});

import { describe, expect, it } from 'vitest';
import type { LogSource } from '../../../shared/contract/logs.ts';
import { patternOf } from '../../../shared/logs/view.ts';
import { clockOf, hueOf, labelOf, marked, stateWords, timeNear } from './labels.ts';

const source = (change: Partial<LogSource>): LogSource => ({
  number: 3,
  pod: 'pi-exec-7',
  role: 'executor',
  executor: '7',
  container: 'spark-kubernetes-executor',
  main: true,
  attempt: 1,
  restart: 0,
  lines: 1,
  state: { state: 'opening' },
  ...change,
});

it.each([
  [{}, 'exec 7'],
  [{ role: 'driver', executor: null }, 'driver'],
  [{ attempt: 2 }, 'exec 7 · 2'],
  [{ main: false, container: 'proxy', restart: 1 }, 'exec 7/proxy ↻1'],
] as const)('calls a source %j %s', (change, label) => {
  expect(labelOf(source(change))).toBe(label);
});

it('gives the driver a hue of its own', () => {
  const hues = Array.from({ length: 20 }, (_, number) => hueOf(source({ executor: String(number) })));
  expect([hueOf(source({ role: 'driver' })), Math.min(...hues), Math.max(...hues)]).toEqual([0, 1, 7]);
});

it('says how a source is', () => {
  expect(stateWords(source({ lines: 1234, state: { state: 'ended', reason: 'gone' } }))).toBe('1,234 lines, the pod is gone');
  expect(stateWords(source({ state: { state: 'pending', why: null } }))).toBe('has not started');
});

describe('a time that is typed', () => {
  const newest = new Date(2026, 10, 21, 12, 30).getTime();
  it.each([
    ['12:03', new Date(2026, 10, 21, 12, 3).getTime()],
    ['12:03:41', new Date(2026, 10, 21, 12, 3, 41).getTime()],
    ['23:00', new Date(2026, 10, 20, 23, 0).getTime()],
    ['soon', null],
  ])('%s', (text, at) => {
    expect(timeNear(text, newest)).toBe(at);
  });
  it('is written with milliseconds', () => {
    expect(clockOf(new Date(2026, 10, 21, 1, 2, 3, 4).getTime())).toBe('01:02:03.004');
  });
});

it.each([
  ['a', ['b', 'a', 'n', 'a', 'n', 'a', '']],
  ['x', ['banana']],
])('marks %s', (words, pieces) => {
  expect(marked('banana', patternOf(words, false))).toEqual(pieces);
});

it('marks nothing of nothing, and is not caught by an expression that matches nothing', () => {
  expect([marked('banana', null), marked('banana', patternOf('x*', true))]).toEqual([['banana'], ['banana']]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { phaseSchema } from '../../../shared/spark/state.ts';
import { type ColumnId, filterRows, keepSelection, moveSelection, NEWEST_FIRST, sortBy, sortRows, summary } from './arrange.ts';

const row = (uid: string, more: Partial<ApplicationRow> = {}): ApplicationRow => ({
  uid,
  operator: 'kubeflow',
  namespace: 'analytics',
  name: uid,
  state: { phase: 'running', word: 'RUNNING', why: null },
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  attempts: null,
  attemptsMost: null,
  executors: { running: 0, total: 0 },
  ...more,
});
const uids = (rows: readonly ApplicationRow[]) => rows.map(({ uid }) => uid);

describe('sortRows', () => {
  const rows = [
    row('run-10', { createdAt: 300, startedAt: 300, executors: { running: 2, total: 2 }, attempts: 1 }),
    row('run-9', { createdAt: 200, startedAt: 200, endedAt: 250, state: { phase: 'failed', word: 'FAILED', why: null } }),
    row('run-1', { createdAt: 100, namespace: 'billing', operator: 'apache', attempts: 3 }),
  ];
  test.each<[ColumnId, string[]]>([
    ['age', ['run-10', 'run-9', 'run-1']],
    ['name', ['run-1', 'run-9', 'run-10']],
    ['state', ['run-9', 'run-10', 'run-1']],
    ['namespace', ['run-10', 'run-9', 'run-1']],
    ['operator', ['run-1', 'run-10', 'run-9']],
    ['duration', ['run-1', 'run-9', 'run-10']],
    ['attempts', ['run-9', 'run-10', 'run-1']],
    ['executors', ['run-9', 'run-1', 'run-10']],
  ])('by %s', (column, expected) => expect(uids(sortRows(rows, { column, descending: false }, 400))).toEqual(expected));

  test('never depends on the order rows arrived in', () => {
    const rowOf = fc.record({ uid: fc.uuid(), phase: fc.constantFrom(...phaseSchema.options), createdAt: fc.nat(3) });
    const several = fc.uniqueArray(rowOf, { selector: ({ uid }) => uid, maxLength: 12 });
    fc.assert(
      fc.property(several, fc.boolean(), (parts, descending) => {
        const made = parts.map(({ uid, phase, createdAt }) =>
          row(uid, { createdAt, name: 'same', state: { phase, word: '', why: null } }),
        );
        const sorting = { column: 'state', descending } as const;
        expect(uids(sortRows(made, sorting, 0))).toEqual(uids(sortRows(made.toReversed(), sorting, 0)));
      }),
    );
  });
});

test('the same column again turns the order round', () => {
  expect(sortBy(NEWEST_FIRST, 'age')).toEqual({ column: 'age', descending: true });
  expect(sortBy({ column: 'age', descending: true }, 'name')).toEqual({ column: 'name', descending: false });
});

describe('filterRows', () => {
  const rows = [
    row('orders-daily'),
    row('orders-hourly', { state: { phase: 'failed', word: 'SUBMISSION_FAILED', why: null } }),
    row('clicks', { operator: 'apache', namespace: 'billing' }),
  ];
  test.each([
    ['', ['orders-daily', 'orders-hourly', 'clicks']],
    ['  ', ['orders-daily', 'orders-hourly', 'clicks']],
    ['ORDERS', ['orders-daily', 'orders-hourly']],
    ['orders failed', ['orders-hourly']],
    ['submission_', ['orders-hourly']],
    ['apache', ['clicks']],
    ['billing', ['clicks']],
    ['nothing', []],
  ])('%j finds %j', (filter, found) => expect(uids(filterRows(rows, filter))).toEqual(found));
});

describe('selection', () => {
  const rows = [row('a'), row('b'), row('c')];
  test.each<[string | null, number, string]>([
    [null, 1, 'a'],
    ['a', 1, 'b'],
    ['a', -1, 'a'],
    ['c', 1, 'c'],
    ['a', 99, 'c'],
    ['gone', 1, 'a'],
  ])('from %s by %d to %s', (selected, by, expected) => expect(moveSelection(rows, selected, by)).toBe(expected));

  test('stays, or goes to what took the place', () => {
    expect(keepSelection(rows, rows.toReversed(), 'b')).toBe('b');
    expect(keepSelection(rows, [row('a'), row('c')], 'b')).toBe('c');
    expect(keepSelection(rows, [row('a'), row('b')], 'c')).toBe('b');
    expect(keepSelection(rows, [], 'a')).toBeNull();
    expect(keepSelection(rows, rows, null)).toBeNull();
  });
});

test('the summary tells what needs a look', () => {
  expect(summary([row('a')], 1)).toBe('1 application · 1 running');
  const failed = row('b', { state: { phase: 'failed', word: '', why: null } });
  const done = row('c', { state: { phase: 'succeeded', word: '', why: null } });
  expect(summary([row('a'), failed, done], 3)).toBe('3 applications · 1 running · 1 failed');
  expect(summary([failed], 3)).toBe('1 of 3 applications · 1 failed');
  expect(summary([], 0)).toBe('0 applications');
});

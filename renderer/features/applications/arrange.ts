import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Phase } from '../../../shared/spark/state.ts';
import { lookOf } from '../../ui/phase.ts';
import { operatorName } from './operators.ts';

/** Columns of the table by which it can be sorted. */
export type ColumnId = 'state' | 'name' | 'namespace' | 'operator' | 'age' | 'duration' | 'attempts' | 'executors';

export interface Sorting {
  column: ColumnId;
  descending: boolean;
}

/** Newest first, as the eye expects of a list of runs. */
export const NEWEST_FIRST: Sorting = { column: 'age', descending: false };

/** What needs a person comes first. */
const ATTENTION: Phase[] = [
  'failed',
  'degraded',
  'retrying',
  'unknown',
  'new',
  'starting',
  'running',
  'finishing',
  'suspended',
  'succeeded',
];

const byText = new Intl.Collator('en', { numeric: true });

function duration(row: ApplicationRow, now: number): number {
  return row.startedAt === null ? -1 : (row.endedAt ?? now) - row.startedAt;
}

type Compare = (one: ApplicationRow, other: ApplicationRow, now: number) => number;

const COMPARE: Record<ColumnId, Compare> = {
  state: (one, other) => ATTENTION.indexOf(one.state.phase) - ATTENTION.indexOf(other.state.phase),
  name: (one, other) => byText.compare(one.name, other.name),
  namespace: (one, other) => byText.compare(one.namespace, other.namespace),
  operator: (one, other) => byText.compare(operatorName(one.operator), operatorName(other.operator)),
  age: (one, other) => other.createdAt - one.createdAt,
  duration: (one, other, now) => duration(one, now) - duration(other, now),
  attempts: (one, other) => (one.attempts ?? -1) - (other.attempts ?? -1),
  executors: (one, other) => one.executors.running - other.executors.running || one.executors.total - other.executors.total,
};

/** Rows in order; equal ones newest first, then by name and uid, so that no two ever change places by chance. */
export function sortRows(rows: Iterable<ApplicationRow>, { column, descending }: Sorting, now: number): ApplicationRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (one, other) =>
      sign * COMPARE[column](one, other, now) ||
      other.createdAt - one.createdAt ||
      byText.compare(one.name, other.name) ||
      (one.uid < other.uid ? -1 : 1),
  );
}

/** Rows of which name, namespace, state or operator hold every word of `filter`. */
export function filterRows(rows: readonly ApplicationRow[], filter: string): ApplicationRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const { phase, word } = row.state;
    const text = [row.name, row.namespace, lookOf(phase).word, phase, word, operatorName(row.operator)].join('\n').toLowerCase();
    return words.every((each) => text.includes(each));
  });
}

/** The same column again turns the order round; another one begins with its natural order. */
export function sortBy(sorting: Sorting, column: ColumnId): Sorting {
  return sorting.column === column ? { column, descending: !sorting.descending } : { column, descending: false };
}

/** uid of the row `by` rows from the selected one, stopping at the ends; the first row when none was selected. */
export function moveSelection(rows: readonly ApplicationRow[], selected: string | null, by: number): string | null {
  const index = rows.findIndex(({ uid }) => uid === selected);
  if (index === -1) return rows[0]?.uid ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, index + by))]?.uid ?? null;
}

/** What to select once rows changed: the same, else whatever took its place. */
export function keepSelection(
  before: readonly ApplicationRow[],
  after: readonly ApplicationRow[],
  selected: string | null,
): string | null {
  if (selected === null || after.some(({ uid }) => uid === selected)) return selected;
  const index = before.findIndex(({ uid }) => uid === selected);
  return after[Math.min(index, after.length - 1)]?.uid ?? null;
}

/** How many rows there are of each phase that says something at a glance: "128 applications · 3 running · 1 failed", or "2 of 128" while a filter hides the others. */
export function summary(rows: readonly ApplicationRow[], all: number): string {
  const count = (...phases: Phase[]) => rows.filter(({ state }) => phases.includes(state.phase)).length;
  const parts: [number, string][] = [
    [count('running', 'degraded', 'finishing'), 'running'],
    [count('new', 'starting', 'retrying'), 'pending'],
    [count('failed'), 'failed'],
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const number = rows.length === all ? `${all}` : `${rows.length} of ${all}`;
  return [`${number} ${all === 1 ? 'application' : 'applications'}`, ...told].join(' · ');
}

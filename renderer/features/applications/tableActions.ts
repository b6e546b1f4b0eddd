import type { Action } from '../palette/index.ts';

/** A screen of rows, about. */
const PAGE = 15;

interface TableDeeds {
  move(by: number): void;
  filter(): void;
  /** One step back within the page, or null when there is none. */
  leave: (() => void) | null;
}

/** What can be done with the table as a whole. */
export function tableActions({ move, filter, leave }: TableDeeds): Action[] {
  const group = 'Applications';
  const moving = (id: string, title: string, keys: string, by: number): Action => ({
    id: `applications.${id}`,
    title,
    group,
    keys,
    run: () => move(by),
  });
  return [
    { id: 'applications.filter', title: 'Filter the applications', group, keys: '/', run: filter },
    moving('next', 'Next row', 'j ArrowDown', 1),
    moving('previous', 'Previous row', 'k ArrowUp', -1),
    moving('page-down', 'A page down', 'PageDown', PAGE),
    moving('page-up', 'A page up', 'PageUp', -PAGE),
    moving('first', 'First row', 'Home', Number.NEGATIVE_INFINITY),
    moving('last', 'Last row', 'End', Number.POSITIVE_INFINITY),
    ...(leave ? [{ id: 'applications.clear', title: 'Clear the filter', group, keys: 'Escape', run: leave }] : []),
  ];
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ApplicationRow, ApplicationsBatch } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Scope } from '../shell/index.ts';
import { type ColumnId, keepSelection, moveSelection, NEWEST_FIRST, type Sorting, sortBy } from './arrange.ts';
import { type Applications, applyBatch, NO_APPLICATIONS } from './model.ts';

export interface ApplicationsState {
  scope: Scope | null;
  applications: Applications;
  sorting: Sorting;
  filter: string;
  /** uid of the selected row. */
  selected: string | null;
}

/** Follows the applications of a scope until the signal aborts. */
export type ApplicationsSource = (
  scope: Scope,
  heard: { onValue(batch: ApplicationsBatch): void; onFailure(failure: Failure): void },
  signal: AbortSignal,
) => void;

export interface ApplicationsStore {
  store: StoreApi<ApplicationsState>;
  /** Forgets the scope before and follows this one; null: none. */
  show(scope: Scope | null): void;
  sort(column: ColumnId): void;
  filter(text: string): void;
  select(uid: string | null): void;
  /** Moves the selection by so many of the rows as they stand on screen. */
  move(rows: readonly ApplicationRow[], by: number): void;
  /** Told when the rows on screen changed, so that the selection stays near where it was. */
  arranged(before: readonly ApplicationRow[], after: readonly ApplicationRow[]): void;
}

/** The applications of the present scope, and how the person has arranged them. */
export function createApplications(source: ApplicationsSource): ApplicationsStore {
  const store = createStore<ApplicationsState>(() => ({
    scope: null,
    applications: NO_APPLICATIONS,
    sorting: NEWEST_FIRST,
    filter: '',
    selected: null,
  }));
  let following = new AbortController();

  function show(scope: Scope | null): void {
    const before = store.getState().scope;
    if (before?.context === scope?.context && before?.namespace === scope?.namespace) return;
    following.abort();
    following = new AbortController();
    store.setState({ scope, applications: NO_APPLICATIONS, selected: null });
    if (!scope) return;
    const onValue = (batch: ApplicationsBatch) =>
      store.setState(({ applications }) => ({ applications: applyBatch(applications, batch) }));
    const onFailure = (failure: Failure) =>
      store.setState(({ applications }) => ({ applications: { ...applications, freshness: { state: 'refused', failure } } }));
    source(scope, { onValue, onFailure }, following.signal);
  }

  return {
    store,
    show,
    sort: (column) => store.setState(({ sorting }) => ({ sorting: sortBy(sorting, column) })),
    filter: (filter) => store.setState({ filter }),
    select: (selected) => store.setState({ selected }),
    move: (rows, by) => store.setState(({ selected }) => ({ selected: moveSelection(rows, selected, by) })),
    arranged: (before, after) =>
      store.setState(({ selected }) => {
        const kept = keepSelection(before, after, selected);
        return kept === selected ? {} : { selected: kept };
      }),
  };
}

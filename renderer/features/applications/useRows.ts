import { useEffect, useMemo, useRef } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { applications, useApplications } from './applications.ts';
import { filterRows, sortRows } from './arrange.ts';

/** The rows as they stand on screen: filtered and sorted. Keeps the selection near where it was as rows come and go. */
export function useRows(): ApplicationRow[] {
  const known = useApplications((state) => state.applications.rows);
  const sorting = useApplications((state) => state.sorting);
  const filter = useApplications((state) => state.filter);
  // Running durations grow at one pace and ended ones not at all: the order by duration is renewed with each change of a row.
  const rows = useMemo(() => sortRows(filterRows([...known.values()], filter), sorting, Date.now()), [known, sorting, filter]);
  const before = useRef(rows);
  useEffect(() => {
    applications.arranged(before.current, rows);
    before.current = rows;
  }, [rows]);
  return rows;
}

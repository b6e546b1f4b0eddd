// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid with tracks of its own is no <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active row.
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './ApplicationsTable.module.css';
import type { ColumnId, Sorting } from './arrange.ts';
import { columns, features, NUMERIC, TRACKS } from './columns.tsx';
import { type RowDeeds, TableRow } from './TableRow.tsx';

interface ApplicationsTableProps extends RowDeeds {
  rows: ApplicationRow[];
  showNamespace: boolean;
  sorting: Sorting;
  selected: string | null;
  /** Pixels. */
  rowHeight: number;
  onSort(column: ColumnId): void;
}

const isColumn = (id: string): id is ColumnId => id in TRACKS;

/** The live table: only the rows in view exist, the tracks are fixed, the selected row is named to a screen reader. */
export function ApplicationsTable(props: ApplicationsTableProps) {
  const { rows, showNamespace, sorting, selected, rowHeight, onSort } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(
    () =>
      showNamespace
        ? columns
        : columns.filter(
            (column) => column.id !== 'namespace' && !('accessorKey' in column && column.accessorKey === 'namespace'),
          ),
    [showNamespace],
  );
  const table = useTable({ features, columns: shown, data: rows, getRowId: ({ uid }) => uid });
  const tableRows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tableRows[index]?.id ?? index,
    overscan: 12,
  });

  // The table is what the page is for: it takes the focus when nothing else has it.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is a reason to measure anew.
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const selectedIndex = rows.findIndex(({ uid }) => uid === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a selection that moves is followed, not one that others push about.
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [virtual, selected]);

  // The same object for ever, so that a row is drawn again only for what it shows.
  const latest = useRef<RowDeeds>(props);
  useEffect(() => {
    latest.current = props;
  });
  const [deeds] = useState<RowDeeds>(() => ({
    onSelect: (uid) => latest.current.onSelect(uid),
    onOpen: (row) => latest.current.onOpen(row),
    onMenu: (row, x, y) => latest.current.onMenu(row, x, y),
  }));

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const tracks = `${headers.map(({ id }) => (isColumn(id) ? TRACKS[id] : '100px')).join(' ')} 32px`;
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label="Spark applications"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedIndex >= 0 ? `row-${selected}` : undefined}
      tabIndex={0}
      style={{ '--tracks': tracks, '--least': showNamespace ? '850px' : '740px' }}
    >
      <div className={styles.header} role="row" aria-rowindex={1}>
        {headers.map((header) => {
          const sorted = header.id === sorting.column;
          return (
            <div
              key={header.id}
              role="columnheader"
              className={styles.heading}
              data-numeric={NUMERIC.has(header.id)}
              aria-sort={sorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                tabIndex={-1}
                className={styles.sort}
                onClick={() => isColumn(header.id) && onSort(header.id)}
              >
                <table.FlexRender header={header} />
                {sorted && <Icon name={sorting.descending ? 'descending' : 'ascending'} size={12} />}
              </button>
            </div>
          );
        })}
        <span role="columnheader" aria-label="Actions" />
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = tableRows[item.index];
          if (!row) return null;
          return (
            <TableRow
              key={row.id}
              row={row}
              columns={shown}
              index={item.index}
              top={item.start}
              selected={row.id === selected}
              deeds={deeds}
            />
          );
        })}
      </div>
    </div>
  );
}

// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid with tracks of its own is no <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active row.
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './ApplicationsTable.module.css';
import type { ColumnId, Sorting } from './arrange.ts';
import { columns, features, NUMERIC, TRACKS } from './columns.tsx';
import { TableRow } from './TableRow.tsx';

interface ApplicationsTableProps {
  rows: ApplicationRow[];
  showNamespace: boolean;
  sorting: Sorting;
  selected: string | null;
  /** Pixels. */
  rowHeight: number;
  onSort(column: ColumnId): void;
  onSelect(uid: string): void;
  onOpen(row: ApplicationRow): void;
  /** Asked for the row's menu at a place on the screen. */
  onMenu(row: ApplicationRow, x: number, y: number): void;
}

const isColumn = (id: string): id is ColumnId => id in TRACKS;

/** The live table: only the rows in view exist, the tracks are fixed, the selected row is named to a screen reader. */
export function ApplicationsTable(props: ApplicationsTableProps) {
  const { rows, showNamespace, sorting, selected, rowHeight, onSort, onSelect } = props;
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
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [virtual, selectedIndex]);

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
      onFocus={(event) => {
        // Reached by keyboard, the table shows which row the keys are about.
        const first = rows[0];
        if (selectedIndex < 0 && first && event.currentTarget.matches(':focus-visible')) onSelect(first.uid);
      }}
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
              row={row.original}
              index={item.index}
              top={item.start}
              selected={row.id === selected}
              onSelect={onSelect}
              onOpen={props.onOpen}
              onMenu={props.onMenu}
            >
              {row.getAllCells().map((cell) => (
                <div key={cell.id} role="gridcell" className={styles.cell} data-numeric={NUMERIC.has(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </TableRow>
          );
        })}
      </div>
    </div>
  );
}

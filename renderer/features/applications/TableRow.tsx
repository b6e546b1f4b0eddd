// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid with tracks of its own is no <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active row.

import { FlexRender, type Row } from '@tanstack/react-table';
import { type MouseEvent, memo } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './ApplicationsTable.module.css';
import { type features, NUMERIC } from './columns.tsx';

/** What a row tells the table. */
export interface RowDeeds {
  onSelect(uid: string): void;
  onOpen(row: ApplicationRow): void;
  /** Asked for the row's menu at a place on the screen. */
  onMenu(row: ApplicationRow, x: number, y: number): void;
}

interface TableRowProps {
  row: Row<typeof features, ApplicationRow>;
  /** The columns that are shown: another array, other cells. */
  columns: readonly unknown[];
  /** Place among the rows, from 0. */
  index: number;
  /** Distance from the first row, pixels. */
  top: number;
  selected: boolean;
  deeds: RowDeeds;
}

/** One application. Its keys are those of the grid around it. Drawn again when what it shows changes, not while others scroll by. */
export const TableRow = memo(DrawnRow, (one, other) => {
  const sameData = one.row.original === other.row.original && one.columns === other.columns && one.deeds === other.deeds;
  return sameData && one.index === other.index && one.top === other.top && one.selected === other.selected;
});

function DrawnRow({ row: tableRow, index, top, selected, deeds: { onSelect, onOpen, onMenu } }: TableRowProps) {
  const row = tableRow.original;
  const menu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    event.stopPropagation();
    onSelect(row.uid);
    onMenu(row, event.clientX, event.clientY);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter on the grid do the same.
    <div
      id={`row-${row.uid}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.uid)}
      onDoubleClick={() => onOpen(row)}
      onContextMenu={menu}
    >
      {tableRow.getAllCells().map((cell) => (
        <div key={cell.id} role="gridcell" className={styles.cell} data-numeric={NUMERIC.has(cell.column.id)}>
          <FlexRender cell={cell} />
        </div>
      ))}
      <div role="gridcell" className={styles.more}>
        <button
          type="button"
          tabIndex={-1}
          className={styles.moreButton}
          aria-label={`Actions of ${visible(row.name)}`}
          onClick={menu}
        >
          <Icon name="more" />
        </button>
      </div>
    </div>
  );
}

// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid with tracks of its own is no <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active row.
import type { MouseEvent, ReactNode } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './ApplicationsTable.module.css';

interface TableRowProps {
  row: ApplicationRow;
  /** Place among the rows, from 0. */
  index: number;
  /** Distance from the first row, pixels. */
  top: number;
  selected: boolean;
  onSelect(uid: string): void;
  onOpen(row: ApplicationRow): void;
  onMenu(row: ApplicationRow, x: number, y: number): void;
  children: ReactNode;
}

/** One application. Its keys are those of the grid around it. */
export function TableRow({ row, index, top, selected, onSelect, onOpen, onMenu, children }: TableRowProps) {
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
      {children}
      <div role="gridcell" className={styles.more}>
        <button type="button" tabIndex={-1} className={styles.moreButton} aria-label={`Actions of ${row.name}`} onClick={menu}>
          <Icon name="more" />
        </button>
      </div>
    </div>
  );
}

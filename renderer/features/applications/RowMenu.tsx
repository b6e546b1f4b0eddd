import { Menu } from '@mantine/core';
import { Keys } from '../../ui/Keys.tsx';
import type { Action } from '../palette/index.ts';
import styles from './RowMenu.module.css';

interface RowMenuProps {
  /** Where on the screen, pixels; null: closed. */
  at: { x: number; y: number } | null;
  actions: readonly Action[];
  onClose(): void;
}

/** The actions of the selected row at the pointer. */
export function RowMenu({ at, actions, onClose }: RowMenuProps) {
  return (
    <Menu opened={at !== null} onChange={(opened) => !opened && onClose()} position="bottom-start" offset={2} width={240}>
      <Menu.Target>
        <span className={styles.anchor} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ id, title, keys, run }) => (
          <Menu.Item
            key={id}
            onClick={run}
            className={styles.item}
            data-danger={id.endsWith('.delete')}
            rightSection={keys === undefined ? null : <Keys keys={keys} />}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

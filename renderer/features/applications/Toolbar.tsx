import { Button, TextInput } from '@mantine/core';
import type { KeyboardEvent, RefObject } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { Keys } from '../../ui/Keys.tsx';
import styles from './ApplicationsPage.module.css';

interface ToolbarProps {
  filter: string;
  field: RefObject<HTMLInputElement | null>;
  onFilter(text: string): void;
  /** The person is done typing: focus goes to the table. */
  onDone(): void;
  onNew(): void;
}

/** Title, filter and the primary action of the applications page. */
export function Toolbar({ filter, field, onFilter, onDone, onNew }: ToolbarProps) {
  function pressed(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape') {
      onFilter('');
      onDone();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      onDone();
    } else return;
    event.stopPropagation();
  }
  return (
    <div className={styles.toolbar}>
      <h1 className={styles.title}>Applications</h1>
      <TextInput
        ref={field}
        size="xs"
        className={styles.filter}
        placeholder="Filter by name, state, operator"
        aria-label="Filter applications"
        leftSection={<Icon name="search" size={14} />}
        rightSection={filter === '' ? <Keys keys="/" /> : null}
        value={filter}
        spellCheck={false}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      <span className={styles.gap} />
      <Button leftSection={<Icon name="plus" />} onClick={onNew} title="New application (n)">
        New application
      </Button>
    </div>
  );
}

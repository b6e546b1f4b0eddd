import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import { Keys } from '../../ui/Keys.tsx';
import { type Action, useEnabledActions } from './actions.ts';
import styles from './Palette.module.css';
import { byGroup, rankActions } from './rank.ts';

const LIMIT = 60;

interface PaletteProps {
  /** Actions that the query itself means, an address say; they come first. */
  actionsFor(query: string): Action[];
  onClose(): void;
}

/** Everything that can be done, found by typing. */
export function Palette({ opened, actionsFor, onClose }: PaletteProps & { opened: boolean }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={600}
      yOffset={48}
      padding={0}
      transitionProps={{ duration: 0 }}
      aria-label="Search or run"
    >
      <PaletteList actionsFor={actionsFor} onClose={onClose} />
    </Modal>
  );
}

function PaletteList({ actionsFor, onClose }: PaletteProps) {
  const actions = useEnabledActions();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  // Grouped also while ranked: the group of the best hit comes first, so the first line is always the best one.
  const groups = useMemo(
    () => byGroup([...actionsFor(query), ...rankActions(actions, query, LIMIT)]),
    [actions, actionsFor, query],
  );
  const lines = groups.flatMap(([, inGroup]) => inGroup);
  const selected = lines[Math.min(at, lines.length - 1)];

  function run(action: Action | undefined): void {
    if (!action) return;
    onClose();
    action.run();
  }

  function pressed(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0 && lines.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, lines.length - 1) + by + lines.length) % lines.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(selected);
    }
  }

  return (
    <>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          className={styles.input}
          placeholder="Search or run…"
          aria-label="Search or run"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={selected && `palette-${selected.id}`}
          value={query}
          data-autofocus
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
      </div>
      <div id="palette-list" role="listbox" aria-label="Actions" className={styles.list}>
        {groups.map(([group, inGroup]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox is no fieldset.
          <div key={group} role="group" aria-label={visible(group)}>
            <div className={styles.heading} aria-hidden="true">
              {visible(group)}
            </div>
            {inGroup.map((action) => (
              <Line key={action.id} action={action} selected={action === selected} onRun={run} />
            ))}
          </div>
        ))}
        {lines.length === 0 && <p className={styles.none}>Nothing here is called “{query}”.</p>}
      </div>
    </>
  );
}

function Line({ action, selected, onRun }: { action: Action; selected: boolean; onRun(action: Action): void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) line.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active option.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field's Enter does the same.
    <div
      ref={line}
      id={`palette-${action.id}`}
      role="option"
      aria-selected={selected}
      className={styles.line}
      onClick={() => onRun(action)}
    >
      <span className={styles.title} title={visible(action.title)}>
        {visible(action.title)}
      </span>
      {action.keys !== undefined && <Keys keys={action.keys} />}
    </div>
  );
}

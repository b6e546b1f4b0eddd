import { Popover } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { ContextList } from './ContextList.tsx';
import { contextHue } from './choose.ts';
import styles from './Picker.module.css';
import { scope, useScope } from './scope.ts';

/** The context on screen, and the way to another one. */
export function ContextPicker() {
  const [opened, setOpened] = useState(false);
  const chosen = useScope((state) => state.scope?.context ?? null);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={460} trapFocus returnFocus offset={4}>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          aria-label={chosen === null ? 'Choose a context' : `Context ${chosen}`}
          title={chosen ?? undefined}
          onClick={() => setOpened(!opened)}
        >
          {chosen !== null && <span className={styles.mark} style={{ '--context-hue': `${contextHue(chosen)}` }} />}
          <span className={styles.name}>{chosen ?? 'Choose a context'}</span>
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Contexts">
        <ContextList
          onChoose={(name) => {
            setOpened(false);
            scope.chooseContext(name);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

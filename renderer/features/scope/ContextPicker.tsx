import { Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import { ContextList } from './ContextList.tsx';
import { ContextMark } from './ContextMark.tsx';
import styles from './Picker.module.css';
import { scope, useScope } from './scope.ts';

/** The context on screen, and the way to another one. */
export function ContextPicker() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useScope((state) => state.scope?.context ?? null);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      onDismiss={() => button.current?.focus()}
      position="bottom-start"
      width={460}
      trapFocus
      offset={6}
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={styles.button}
          aria-label={chosen === null ? 'Choose a context' : `Context ${visible(chosen)}`}
          title={chosen === null ? undefined : visible(chosen)}
          onClick={() => setOpened(!opened)}
        >
          {chosen !== null && <ContextMark name={chosen} />}
          <span className={styles.name}>{chosen === null ? 'Choose a context' : visible(chosen)}</span>
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

import { Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import { FailureView } from '../../ui/FailureView.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PickList } from '../../ui/PickList.tsx';
import { type NamespaceChoice, namespaceChoices, namespaceTitle } from './namespaceChoices.ts';
import styles from './Picker.module.css';
import { scope, useScope } from './scope.ts';

/** The namespace on screen, and the way to another one or to all. */
export function NamespacePicker() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const chosen = useScope((state) => state.scope);
  if (!chosen) return null;
  const name = namespaceTitle(chosen.namespace);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      onDismiss={() => button.current?.focus()}
      position="bottom-start"
      width={400}
      trapFocus
      offset={6}
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={styles.button}
          aria-label={`Namespace ${name}`}
          title={name}
          onClick={() => setOpened(!opened)}
        >
          <span className={styles.name}>{name}</span>
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Namespaces">
        <NamespaceList
          chosen={chosen.namespace}
          onChoose={(namespace) => {
            setOpened(false);
            scope.chooseNamespace(namespace);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function NamespaceList({ chosen, onChoose }: { chosen: string | null; onChoose(namespace: string | null): void }) {
  const [filter, setFilter] = useState('');
  const namespaces = useScope((state) => state.namespaces);
  const listed = namespaces?.freshness.state === 'live';
  const refused = namespaces?.freshness.state === 'refused' ? namespaces.freshness.failure : null;
  const items = namespaceChoices(namespaces?.names ?? [], filter, listed);
  const keyOf = ({ namespace }: NamespaceChoice) => namespace ?? '*';
  return (
    <>
      <PickList
        label={listed ? 'Filter namespaces' : 'Filter, or type a namespace'}
        filter={filter}
        onFilter={setFilter}
        items={items}
        keyOf={keyOf}
        chosen={chosen ?? '*'}
        onPick={({ namespace }) => onChoose(namespace)}
        draw={({ title }) => (
          <span className={styles.name} title={title}>
            {title}
          </span>
        )}
        none={`No namespace holds “${filter}”.`}
      />
      {refused && (
        <div className={styles.hint}>
          <FailureView failure={refused} />
        </div>
      )}
    </>
  );
}

import { useState } from 'react';
import type { Context } from '../../../shared/contract/kubeconfigs.ts';
import { describe } from '../../../shared/describe.ts';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import { PickList } from '../../ui/PickList.tsx';
import { BrokenFiles } from './BrokenFiles.tsx';
import { ContextMark } from './ContextMark.tsx';
import { holdsWords } from './choose.ts';
import { fileName } from './files.ts';
import { healthWord } from './health.ts';
import styles from './Picker.module.css';
import { useScope } from './scope.ts';

/** Contexts of all kubeconfig files with what is wrong with those that cannot be used. */
export function ContextList({ onChoose }: { onChoose(name: string): void }) {
  const [filter, setFilter] = useState('');
  const { contexts, files } = useScope((state) => state.kubeconfigs);
  const chosen = useScope((state) => state.scope?.context);
  const found = contexts.filter(({ name, cluster, file }) => holdsWords(`${name} ${cluster} ${file}`, filter));
  return (
    <>
      <PickList
        label="Filter contexts"
        filter={filter}
        onFilter={setFilter}
        items={found}
        keyOf={({ name }) => name}
        chosen={chosen}
        isDisabled={({ failure }) => failure !== null}
        onPick={({ name }) => onChoose(name)}
        draw={(context) => <ContextLine context={context} />}
        none={contexts.length === 0 ? 'No kubeconfig file names a context.' : `No context holds “${filter}”.`}
      />
      <BrokenFiles files={files} />
    </>
  );
}

function ContextLine({ context }: { context: Context }) {
  const health = useScope((state) => (state.scope?.context === context.name ? state.health : null));
  const { name, server, file, failure } = context;
  return (
    <span className={styles.line} title={visible(`${name}\n${server ?? ''}\n${file}`)}>
      <ContextMark name={name} />
      <span className={styles.two}>
        <span className={styles.name}>{visible(name)}</span>
        {failure === null ? (
          <span className={styles.quiet}>
            {server ?? 'no server'} · {fileName(file)}
          </span>
        ) : (
          <span className={styles.broken}>
            <Icon name="warning" size={12} /> {describe(failure).title}
          </span>
        )}
      </span>
      {health && <span className={styles.health}>{healthWord(health)}</span>}
    </span>
  );
}

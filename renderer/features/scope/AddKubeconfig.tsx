import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import { Icon } from '../../ui/icons.tsx';
import styles from './AddKubeconfig.module.css';

/** Adds a kubeconfig file: by the system's dialog, or by its path where there is none (in a browser). */
export function AddKubeconfig() {
  const [path, setPath] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);

  async function add(chosen: string): Promise<void> {
    try {
      await backend.kubeconfigs.add({ path: chosen });
      setFailure(null);
      setPath('');
    } catch (error) {
      setFailure(failureOfCall(error));
    }
  }

  async function choose(bridge: Bridge): Promise<void> {
    const chosen = await bridge.chooseKubeconfig();
    if (chosen !== null) await add(chosen);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (path.trim() !== '') void add(path.trim());
  }

  const bridge = window.emberdeck;
  return (
    <div className={styles.add}>
      {bridge ? (
        <Button variant="default" leftSection={<Icon name="file" />} onClick={() => void choose(bridge)}>
          Choose a file…
        </Button>
      ) : (
        <form onSubmit={submit} className={styles.form}>
          <TextInput
            size="xs"
            className={styles.path}
            placeholder="/path/to/kubeconfig"
            aria-label="Path of a kubeconfig file"
            value={path}
            spellCheck={false}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={path.trim() === ''}>
            Add file
          </Button>
        </form>
      )}
      {failure && <FailureView failure={failure} />}
    </div>
  );
}

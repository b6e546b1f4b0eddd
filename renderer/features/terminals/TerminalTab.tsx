import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Terminal } from '../../../shared/contract/terminals.ts';
import { backend } from '../../backend.ts';
import styles from './Terminal.module.css';
import { endWords } from './words.ts';

// The screen is large and not needed before the first shell.
const TerminalPane = lazy(() => import('./TerminalPane.tsx'));

interface TerminalTabProps {
  terminal: Terminal;
  shown: boolean;
  focus: number;
}

/** A terminal in the dock, with a line that says how its shell ended. */
export function TerminalTab({ terminal: { id, state }, shown, focus }: TerminalTabProps) {
  return (
    <div className={styles.tab}>
      <Suspense fallback={null}>
        <TerminalPane id={id} shown={shown} focus={focus} />
      </Suspense>
      {state.state === 'opening' && <p className={styles.opening}>Opening a shell…</p>}
      {state.state === 'ended' && (
        <div className={styles.ended} role="status">
          <span className={styles.why}>{endWords(state)}</span>
          <Button variant="default" onClick={() => void backend.terminals.reopen({ id }).catch(() => undefined)}>
            New shell
          </Button>
        </div>
      )}
    </div>
  );
}

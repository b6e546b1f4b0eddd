import { describe } from '../../../shared/describe.ts';
import styles from './Editor.module.css';
import type { Saving } from './store.ts';

/** Whether the text is on the disk; of one width, so that nothing moves while one types. */
export function SavingNote({ saving }: { saving: Saving }) {
  switch (saving.state) {
    case 'saved':
      return <span className={styles.saving}>saved {clock(saving.at)}</span>;
    case 'unsaved':
    case 'saving':
      return <span className={styles.saving}>saving…</span>;
    case 'failed':
      return (
        <span className={`${styles.saving} ${styles.bad}`} title={describe(saving.failure).title}>
          not saved yet, trying again
        </span>
      );
  }
}

function clock(time: number): string {
  return new Date(time).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}

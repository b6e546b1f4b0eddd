import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import styles from './ApplicationsTable.module.css';
import { executorCount } from './executors.ts';

/** The cell of a row's executors. */
export function ExecutorCount({ row }: { row: ApplicationRow }) {
  const count = executorCount(row);
  if (count === null) return <span className={styles.missing}>–</span>;
  return (
    <span className={count.quiet ? styles.missing : undefined} title={count.title}>
      {count.text}
    </span>
  );
}

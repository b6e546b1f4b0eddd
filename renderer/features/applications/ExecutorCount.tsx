import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import styles from './ApplicationsTable.module.css';

const OVER: readonly string[] = ['succeeded', 'failed', 'suspended'] satisfies ApplicationRow['state']['phase'][];

/** Running and wanted executors; of an application that is over only how many it asked for, because `0/4` looks like a fault. */
export function ExecutorCount({ row }: { row: ApplicationRow }) {
  const { running, total } = row.executors;
  if (total === 0) return <span className={styles.missing}>–</span>;
  if (running === 0 && OVER.includes(row.state.phase)) {
    return (
      <span className={styles.missing} title={`${total} executors asked for, none runs`}>
        {total}
      </span>
    );
  }
  return <span title={`${running} of ${total} executors run`}>{`${running}/${total}`}</span>;
}

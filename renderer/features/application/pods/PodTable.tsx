import { useMemo } from 'react';
import type { ApplicationPod } from '../../../../shared/contract/applications.ts';
import { Duration, Time } from '../../../ui/Time.tsx';
import styles from '../Table.module.css';
import { counted, visible } from '../text.ts';
import { inOrder } from './order.ts';

/** The driver and the executors of an application, as Kubernetes knows them. */
export function PodTable({ pods }: { pods: readonly ApplicationPod[] }) {
  const ordered = useMemo(() => inOrder(pods), [pods]);
  const executors = pods.filter((pod) => pod.role === 'executor').length;
  return (
    <section aria-label="Executors">
      <h2 className={styles.title}>
        Driver and executors {executors > 0 && <span className={styles.quiet}>{counted(executors, 'executor')}</span>}
      </h2>
      {ordered.length === 0 ? (
        <p className={styles.nothing}>No pods now. They are made after submission, and removed with the application.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th className={styles.wide}>Name</th>
              <th>Status</th>
              <th>Node</th>
              <th>Started</th>
              <th className={styles.number}>Duration</th>
              <th className={styles.number}>Exit code</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((pod) => (
              <PodRow key={pod.uid} pod={pod} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PodRow({ pod }: { pod: ApplicationPod }) {
  const { startedAt, endedAt, exitCode } = pod;
  return (
    <tr>
      <td className={styles.mono} title={visible(pod.name)}>
        {visible(pod.name)}
      </td>
      <td>{visible(pod.status)}</td>
      <td className={styles.mono} title={pod.node === null ? 'On no node yet' : visible(pod.node)}>
        {pod.node === null ? '–' : visible(pod.node)}
      </td>
      <td>{startedAt === null ? '–' : <Time at={startedAt} />}</td>
      <td className={styles.number}>{startedAt === null ? '–' : <Duration from={startedAt} to={endedAt} />}</td>
      <td className={styles.number} data-bad={(exitCode ?? 0) !== 0 || undefined}>
        {exitCode ?? '–'}
      </td>
    </tr>
  );
}

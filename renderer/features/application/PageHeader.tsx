import { Button } from '@mantine/core';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Operator } from '../../../shared/spark/state.ts';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { Duration, Time } from '../../ui/Time.tsx';
import styles from './PageHeader.module.css';
import { visible } from './text.ts';

const OPERATORS: Record<Operator, string> = {
  kubeflow: 'Kubeflow operator',
  apache: 'Apache operator',
  radanalytics: 'radanalytics operator',
  'spark-submit': 'spark-submit, no operator',
};

interface PageHeaderProps {
  row: ApplicationRow;
  exists: boolean;
  /** A draft is being made. */
  busy: boolean;
  onSparkUi(): void;
  onYaml(): void;
  onRerun(): void;
  onDelete(): void;
}

/** Name, state, how long, which attempt, and what can be done. A deleted one offers its verbs in the notice below instead. */
export function PageHeader({ row, exists, busy, onSparkUi, onYaml, onRerun, onDelete }: PageHeaderProps) {
  const active = exists && row.endedAt === null && row.startedAt !== null;
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h1 className={styles.name} title={visible(row.name)}>
          {visible(row.name)}
        </h1>
        {exists ? <StateBadge state={row.state} showWhy={false} /> : <span className={styles.deleted}>Deleted</span>}
        <span className={styles.facts}>
          {row.startedAt !== null && (exists || row.endedAt !== null) && (
            <span>
              <Duration from={row.startedAt} to={row.endedAt} />
            </span>
          )}
          {row.attempts !== null && row.attempts > 0 && <span>attempt {row.attempts}</span>}
          {row.state.word !== '' && <span className={styles.word}>{visible(row.state.word)}</span>}
          <span>{OPERATORS[row.operator]}</span>
          <span>
            created <Time at={row.createdAt} />
          </span>
        </span>
        <div className={styles.actions}>
          {exists && (
            <Button variant={active ? 'filled' : 'default'} onClick={onSparkUi} title="Open the Spark UI (U)">
              Spark UI
            </Button>
          )}
          <Button variant="default" onClick={onYaml} title="Show the YAML (Y)">
            YAML
          </Button>
          {exists && (
            <>
              <Button variant="default" onClick={onRerun} loading={busy} title="Make a draft that runs this again (E)">
                Re-run
              </Button>
              <Button variant="default" color="danger" onClick={onDelete} title="Delete the application and its pods (Del)">
                Delete
              </Button>
            </>
          )}
        </div>
      </div>
      {row.state.why !== null && (
        <p className={styles.why} title={visible(row.state.why)}>
          <strong>Why:</strong> {visible(row.state.why)}
        </p>
      )}
    </header>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Operator } from '../../../shared/spark/state.ts';
import { lookOf } from '../../ui/phase.ts';
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
  /** The Spark UI is what the page shows. */
  onSpark: boolean;
  /** A draft is being made. */
  busy: boolean;
  /** The menu of shells. */
  shell: ReactNode;
  onSparkUi(): void;
  onRerun(): void;
  onDelete(): void;
}

/** Name, state, how long, which attempt, and what can be done. A deleted one offers its verbs in the notice below instead. */
export function PageHeader({ row, exists, onSpark, busy, shell, onSparkUi, onRerun, onDelete }: PageHeaderProps) {
  // The UI lives with the driver: before it runs there is nothing to open.
  const hasUi = row.state.phase === 'running' || row.state.phase === 'degraded';
  const { word } = row.state;
  // "Running … RUNNING" says nothing twice; the badge's tooltip has the operator's spelling.
  const sayWord = word !== '' && word.toLowerCase() !== lookOf(row.state.phase).word.toLowerCase();
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
          {row.attempts !== null && row.attempts > 0 && <span>{attemptWords(row.attempts, row.attemptsMost)}</span>}
          {sayWord && <span className={styles.word}>{visible(word)}</span>}
          <span>{OPERATORS[row.operator]}</span>
          <span>
            created <Time at={row.createdAt} />
          </span>
        </span>
        <div className={styles.actions}>
          {exists && (
            <Button variant={hasUi && !onSpark ? 'filled' : 'default'} onClick={onSparkUi} title="Open the Spark UI (U)">
              Spark UI
            </Button>
          )}
          {exists && (
            <>
              {shell}
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
        <p className={styles.why} data-short={onSpark || undefined} title={visible(row.state.why)}>
          <strong>Why:</strong> {visible(row.state.why)}
        </p>
      )}
    </header>
  );
}

/** `attempt 2 of 3`; without the second number where there is one run, or no limit. */
function attemptWords(attempt: number, most: number | null): string {
  return most === null || most < 2 ? `attempt ${attempt}` : `attempt ${attempt} of ${most}`;
}

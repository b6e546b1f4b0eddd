import type { ReactNode } from 'react';
import { type Description, describe } from '../../shared/describe.ts';
import type { Failure } from '../../shared/failure.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './FailureView.module.css';

interface DescriptionViewProps {
  description: Description;
  /** Sentences only, for a tooltip: no command to copy. */
  compact?: boolean;
  /** Buttons after the words: Retry and the like. */
  actions?: ReactNode;
}

/** What happened, what is known of it, what to do, and the command an administrator would run. */
export function FailureView({ failure, ...rest }: Omit<DescriptionViewProps, 'description'> & { failure: Failure }) {
  return <DescriptionView description={describe(failure)} {...rest} />;
}

/** {@link FailureView} of words that are there already, for several failures in one. */
export function DescriptionView({ description, compact = false, actions }: DescriptionViewProps) {
  const { title, detail, advice, command } = description;
  return (
    <div className={styles.failure} role={compact ? undefined : 'alert'}>
      <p className={styles.title}>{title}</p>
      {detail !== null && <p className={styles.detail}>{detail}</p>}
      {advice !== null && <p className={styles.advice}>{advice}</p>}
      {command !== null && !compact && (
        <div className={styles.command}>
          <code className={styles.code}>{command}</code>
          <CopyButton text={command} />
        </div>
      )}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/failure.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import styles from './ApplicationPage.module.css';

/** A failure in the page's own room, with the way to try again where there is one. */
export function Trouble({ failure, onRetry, onDismiss }: { failure: Failure; onRetry?(): void; onDismiss?(): void }) {
  const actions = (
    <>
      {onRetry && <Button onClick={onRetry}>Retry</Button>}
      {onDismiss && (
        <Button variant="default" onClick={onDismiss}>
          Dismiss
        </Button>
      )}
    </>
  );
  return (
    <div className={styles.trouble}>
      <FailureView failure={failure} actions={onRetry || onDismiss ? actions : null} />
    </div>
  );
}

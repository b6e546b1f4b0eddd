import { useSyncExternalStore } from 'react';
import { link } from '../../backend.ts';
import { formatClock } from '../../ui/time.ts';
import styles from './Banner.module.css';

/** Says that the backend stopped, as long as it is gone; what was on screen stays. */
export function BackendBanner() {
  const state = useSyncExternalStore(link.subscribe, link.state);
  return (
    <div role="status" aria-live="polite">
      {state.state === 'lost' && (
        <p className={styles.banner}>
          The backend stopped at {formatClock(state.since)}. It is being restarted; your drafts are safe.
        </p>
      )}
    </div>
  );
}

import { Icon } from '../../ui/icons.tsx';
import styles from './BackForward.module.css';
import { navigation, useCanStep } from './navigation.ts';

/** One step back or forward through the places visited. */
export function BackForward() {
  const canBack = useCanStep(-1);
  const canForward = useCanStep(1);
  return (
    <span className={styles.pair}>
      <button
        type="button"
        className={styles.step}
        disabled={!canBack}
        aria-label="Back"
        title="Back (Alt ←)"
        onClick={() => navigation.back()}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className={styles.step}
        disabled={!canForward}
        aria-label="Forward"
        title="Forward (Alt →)"
        onClick={() => navigation.forward()}
      >
        <Icon name="forward" />
      </button>
    </span>
  );
}

import type { ApplicationState } from '../../shared/spark/state.ts';
import { visible } from '../../shared/visible.ts';
import { Icon } from './icons.tsx';
import { inkOf, lookOf } from './phase.ts';
import styles from './StateBadge.module.css';

/** Icon and word of a state, with its reason after a colon; the operator's own word is in the tooltip. Cuts what does not fit. */
export function StateBadge({ state, showWhy = true }: { state: ApplicationState; showWhy?: boolean }) {
  const { hue, word, warns } = lookOf(state.phase);
  const why = showWhy && state.why !== null ? visible(state.why) : null;
  const told = [state.word === '' ? 'The operator has written no state yet' : state.word, state.why].filter(Boolean).join(': ');
  const title = visible(told);
  return (
    <span className={styles.badge} title={title} data-phase={state.phase}>
      {/* The key restarts the one breath whenever the state changes. */}
      <span key={state.phase} className={styles.icon} style={{ color: inkOf(state.phase) }}>
        <Icon name={hue} />
        {warns && <Icon name="warning" size={13} />}
      </span>
      <span className={styles.text}>
        <span className={styles.word} style={{ color: inkOf(state.phase) }}>
          {word}
        </span>
        {why !== null && <span className={styles.why}>: {why}</span>}
      </span>
    </span>
  );
}

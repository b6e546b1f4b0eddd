import { Icon } from '../../ui/icons.tsx';
import styles from './DemoDoor.module.css';
import { demo, useDemo } from './demo.ts';

/** The door to the demo cluster, for the page before a cluster is chosen. */
export function DemoDoor() {
  const state = useDemo((all) => all.demo.state);
  const running = state === 'running';
  return (
    <button type="button" className={styles.door} disabled={state === 'starting'} onClick={() => void demo.start()}>
      <Icon name="cluster" className={styles.icon} />
      <span className={styles.words}>
        <span className={styles.name}>{running ? 'Go to the demo cluster' : 'Try the demo cluster'}</span>
        <span className={styles.quiet}>{state === 'starting' ? 'Starting…' : sentences[running ? 'running' : 'off']}</span>
      </span>
      <Icon name="forward" />
    </button>
  );
}

const sentences = {
  off: 'Inside Emberdeck, in a second: applications that run, fail and are retried. Nothing there is real.',
  running: 'It is running. Nothing there is real.',
};

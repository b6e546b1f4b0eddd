import { Button } from '@mantine/core';
import { describe } from '../../../shared/describe.ts';
import styles from './DemoBanner.module.css';
import { demo, useDemo, useIsDemo } from './demo.ts';

/** Says that the demo cluster on screen has ended by itself, and offers to start it again. */
export function DemoBanner() {
  const state = useDemo((all) => all.demo);
  const shown = useIsDemo();
  if (state.state !== 'failed' || !shown) return null;
  const { title, advice } = describe(state.failure);
  return (
    <div role="alert" className={styles.banner}>
      <span>
        {title} {advice}
      </span>
      <Button variant="default" onClick={() => void demo.start()}>
        Start it again
      </Button>
    </div>
  );
}

import { Menu } from '@mantine/core';
import type { Playable } from '../../../shared/contract/demo.ts';
import { navigation } from '../shell/index.ts';
import styles from './DemoMenu.module.css';
import { demo, useDemo } from './demo.ts';

/** What can be played on the demo cluster, what can be broken, and the ways out of it. */
export function DemoMenu() {
  const playables = useDemo((state) => state.playables);
  const isRunning = useDemo((state) => state.demo.state === 'running');
  return (
    <>
      {isRunning && playables && (
        <div className={styles.columns}>
          <Playing label="Play a scenario" items={playables.scenarios} run={demo.play} />
          <Playing label="Break something" items={playables.breakages} run={demo.break} />
        </div>
      )}
      <div className={styles.foot}>
        <Menu.Item className={styles.way} onClick={() => navigation.open({ page: 'welcome' })}>
          Use a real cluster…
        </Menu.Item>
        {isRunning ? (
          <Menu.Item className={styles.way} onClick={() => void demo.stop()}>
            Stop the demo cluster
          </Menu.Item>
        ) : (
          <Menu.Item className={styles.way} onClick={() => void demo.start()}>
            Start the demo cluster again
          </Menu.Item>
        )}
      </div>
    </>
  );
}

interface PlayingProps {
  label: string;
  items: readonly Playable[];
  run(item: Playable): Promise<void>;
}

function Playing({ label, items, run }: PlayingProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of items in a menu is no fieldset.
    <div role="group" aria-label={label} className={styles.column}>
      <Menu.Label className={styles.label}>{label}</Menu.Label>
      <div className={styles.items}>
        {items.map((item) => (
          <Menu.Item key={item.id} className={styles.item} onClick={() => void run(item)}>
            <span className={styles.title}>{item.title}</span>
            <span className={styles.what}>{item.what}</span>
          </Menu.Item>
        ))}
      </div>
    </div>
  );
}

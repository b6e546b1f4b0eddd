import { Menu } from '@mantine/core';
import { Icon } from '../../ui/icons.tsx';
import styles from './DemoBadge.module.css';
import { DemoMenu } from './DemoMenu.tsx';
import { demo, useDemo, useIsDemo } from './demo.ts';

/** Says, wherever the window works in the demo cluster, that nothing there is real; opens what can be played with it. */
export function DemoBadge() {
  const shown = useIsDemo();
  const opened = useDemo((state) => state.isMenuOpen);
  if (!shown) return null;
  return (
    <Menu opened={opened} onChange={demo.setMenuOpen} position="bottom-start" offset={6} width="min(960px, 94vw)">
      <Menu.Target>
        <button type="button" className={styles.badge} title="Scenarios and faults of the demo cluster">
          <span className={styles.text}>
            <strong>demo:</strong> nothing here is real
          </span>
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown p={0} aria-label="Demo cluster">
        <DemoMenu />
      </Menu.Dropdown>
    </Menu>
  );
}

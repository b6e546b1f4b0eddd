import { Button, Menu } from '@mantine/core';
import type { LogSource } from '../../../shared/contract/logs.ts';
import { visible } from '../../../shared/visible.ts';
import { Icon } from '../../ui/icons.tsx';
import styles from './Logs.module.css';
import { hueOf, labelOf, stateWords } from './labels.ts';

interface PodsMenuProps {
  sources: readonly LogSource[];
  hidden: readonly number[];
  onHidden(hidden: number[]): void;
}

/** Which pods are shown, each with what is going on with its log. */
export function PodsMenu({ sources, hidden, onHidden }: PodsMenuProps) {
  const shown = sources.length - hidden.length;
  const toggle = (number: number) =>
    onHidden(hidden.includes(number) ? hidden.filter((each) => each !== number) : [...hidden, number]);
  return (
    <Menu closeOnItemClick={false} position="bottom-start" width={420}>
      <Menu.Target>
        <Button variant="default" rightSection={<Icon name="down" size={12} />}>
          {hidden.length === 0 ? `All pods (${sources.length})` : `${shown} of ${sources.length} pods`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.pods}>
        <Menu.Item onClick={() => onHidden([])}>Show all</Menu.Item>
        {sources.map((source) => (
          <Menu.Item
            key={source.number}
            role="menuitemcheckbox"
            aria-checked={!hidden.includes(source.number)}
            leftSection={
              <span className={styles.check}>{!hidden.includes(source.number) && <Icon name="done" size={14} />}</span>
            }
            onClick={() => toggle(source.number)}
          >
            <span className={styles.pod} data-hue={hueOf(source)}>
              {visible(labelOf(source))}
            </span>
            <span className={styles.state} title={visible(source.pod)}>
              {visible(stateWords(source))}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

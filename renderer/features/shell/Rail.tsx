import { Tooltip } from '@mantine/core';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Keys } from '../../ui/Keys.tsx';
import type { Action } from '../palette/index.ts';
import type { Place } from './address.ts';
import { usePlace } from './navigation.ts';
import styles from './Rail.module.css';

/** One page of the rail; `pages` are those during which it counts as the present one. */
export interface RailEntry {
  icon: IconName;
  label: string;
  pages: readonly Place['page'][];
  action: Action;
  /** Stands at the foot. */
  foot?: boolean;
}

/** The pages of the window, one icon each. */
export function Rail({ entries }: { entries: readonly RailEntry[] }) {
  const { page } = usePlace();
  const draw = (entry: RailEntry) => <Entry key={entry.label} entry={entry} present={entry.pages.includes(page)} />;
  return (
    <nav className={styles.rail} aria-label="Pages">
      {entries.filter(({ foot }) => !foot).map(draw)}
      <span className={styles.gap} />
      {entries.filter(({ foot }) => foot).map(draw)}
    </nav>
  );
}

function Entry({ entry, present }: { entry: RailEntry; present: boolean }) {
  const { label, icon, action } = entry;
  const tip = (
    <span className={styles.tip}>
      {label} {action.keys !== undefined && <Keys keys={action.keys} />}
    </span>
  );
  return (
    <Tooltip label={tip} position="right">
      <button
        type="button"
        className={styles.entry}
        aria-label={label}
        aria-current={present ? 'page' : undefined}
        onClick={() => action.run()}
      >
        <Icon name={icon} size={20} />
      </button>
    </Tooltip>
  );
}

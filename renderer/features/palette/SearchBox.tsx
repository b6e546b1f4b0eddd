import { Icon } from '../../ui/icons.tsx';
import { Keys } from '../../ui/Keys.tsx';
import styles from './SearchBox.module.css';

/** The header's door to the palette. */
export function SearchBox({ onOpen }: { onOpen(): void }) {
  return (
    <button type="button" className={styles.box} onClick={onOpen} aria-haspopup="dialog">
      <Icon name="search" size={14} />
      <span className={styles.text}>Search or run…</span>
      <Keys keys="Mod+K" />
    </button>
  );
}

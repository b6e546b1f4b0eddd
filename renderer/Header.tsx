import type { ReactNode } from 'react';
import { DemoBadge } from './features/demo/index.ts';
import { SearchBox } from './features/palette/index.ts';
import { ContextPicker, NamespacePicker } from './features/scope/index.ts';
import { BackForward } from './features/shell/BackForward.tsx';
import styles from './Header.module.css';

/** Where the window is, the door to everything, and how fresh the screen is. */
export function Header({ indicator, onSearch }: { indicator: ReactNode; onSearch(): void }) {
  return (
    <>
      <div className={styles.side}>
        <BackForward />
        <ContextPicker />
        <NamespacePicker />
        <DemoBadge />
      </div>
      <div className={styles.middle}>
        <SearchBox onOpen={onSearch} />
      </div>
      <div className={styles.side} data-end="true">
        {indicator}
      </div>
    </>
  );
}

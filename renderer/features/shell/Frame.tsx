import type { ReactNode } from 'react';
import styles from './Frame.module.css';

interface FrameProps {
  rail: ReactNode;
  header: ReactNode;
  banner: ReactNode;
  /** Hue of the context in degrees, drawn along the header's lower edge; null while none is chosen. */
  hue: number | null;
  children: ReactNode;
  /** Below the page: what keeps running. */
  dock: ReactNode;
}

/** The window: rail on the left, header above, the page, the dock below it. */
export function Frame({ rail, header, banner, hue, children, dock }: FrameProps) {
  return (
    <div className={styles.frame}>
      {rail}
      <div className={styles.column}>
        <header className={styles.header} data-context={hue !== null} style={{ '--context-hue': `${hue ?? 0}` }}>
          {header}
        </header>
        {banner}
        <main className={styles.page}>{children}</main>
        {dock}
      </div>
    </div>
  );
}

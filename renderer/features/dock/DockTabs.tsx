import { type KeyboardEvent, useRef } from 'react';
import { Icon } from '../../ui/icons.tsx';
import styles from './Dock.module.css';
import { dock } from './dock.ts';
import type { DockTab } from './store.ts';

/** The row of tabs: arrows move, Delete closes, the middle button too. */
export function DockTabs({ tabs, active }: { tabs: readonly DockTab[]; active: DockTab | null }) {
  const list = useRef<HTMLDivElement>(null);

  function pressed(event: KeyboardEvent, tab: DockTab): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) {
      const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
      if (next !== undefined) {
        dock.store.setState({ active: next.id });
        list.current?.querySelector<HTMLElement>(`#${CSS.escape(`dock-tab-${next.id}`)}`)?.focus();
      }
    } else if (event.key === 'Delete') tab.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="Dock">
      {tabs.map((tab) => (
        <div key={tab.id} className={styles.tab} data-active={tab === active || undefined} data-ended={tab.ended || undefined}>
          <button
            type="button"
            role="tab"
            id={`dock-tab-${tab.id}`}
            aria-selected={tab === active}
            aria-controls={`dock-panel-${tab.id}`}
            tabIndex={tab === active ? 0 : -1}
            title={tab.tooltip}
            className={styles.name}
            onClick={() => dock.show(tab.id)}
            onAuxClick={(event) => event.button === 1 && tab.close()}
            onKeyDown={(event) => pressed(event, tab)}
          >
            <Icon name="shell" />
            <span className={styles.title}>{tab.title}</span>
            {tab.ended && <span className={styles.ended}>ended</span>}
          </button>
          <button
            type="button"
            className={styles.close}
            tabIndex={-1}
            aria-label={`Close ${tab.title}`}
            title="Close (Del on the tab)"
            onClick={tab.close}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}

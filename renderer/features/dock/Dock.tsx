import { useMemo } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { type Action, useActions } from '../palette/index.ts';
import styles from './Dock.module.css';
import { DockEdge } from './DockEdge.tsx';
import { DockTabs } from './DockTabs.tsx';
import { dock, useDock, useDockHeight } from './dock.ts';
import { isShown, shownTab, tabsOf } from './store.ts';

const ACTIONS: Action[] = [
  { id: 'dock.toggle', title: 'Show or hide the dock', group: 'View', keys: 'Mod+`', run: dock.toggle },
  { id: 'dock.next', title: 'Next tab of the dock', group: 'View', keys: 'Mod+PageDown', run: () => dock.step(1) },
  { id: 'dock.previous', title: 'Previous tab of the dock', group: 'View', keys: 'Mod+PageUp', run: () => dock.step(-1) },
];

/** What keeps running, below the page. Its tabs stay drawn while it is hidden, so that nothing in them begins anew. */
export function Dock() {
  useActions('dock', ACTIONS);
  const state = useDock((all) => all);
  const tabs = useMemo(() => tabsOf(state), [state]);
  const [height, setHeight] = useDockHeight();
  const shown = isShown(state);
  const active = shownTab(state);
  if (!shown && tabs.length === 0) return null;
  return (
    <section className={styles.dock} aria-label="Dock" style={{ height }} hidden={!shown}>
      <DockEdge height={height} onChange={setHeight} />
      <div className={styles.bar}>
        <DockTabs tabs={tabs} active={active} />
        <button type="button" className={styles.hide} onClick={dock.hide} aria-label="Hide the dock" title="Hide (Ctrl `)">
          <Icon name="down" />
        </button>
      </div>
      {tabs.length === 0 && (
        <p className={styles.nothing}>Nothing runs here. A shell is opened from an application, with S or from its page.</p>
      )}
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`dock-panel-${tab.id}`}
          aria-labelledby={`dock-tab-${tab.id}`}
          className={styles.panel}
          hidden={tab !== active}
        >
          {tab.render(shown && tab === active, tab === active ? state.focus : 0)}
        </div>
      ))}
    </section>
  );
}

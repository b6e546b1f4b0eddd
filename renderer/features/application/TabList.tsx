import { type KeyboardEvent, useEffect, useRef } from 'react';
import styles from './ApplicationPage.module.css';
import { besides, TABS, type Tab } from './tabs.ts';

/** The tabs of the page: one stop for Tab, arrows between them. */
export function TabList({ tab, show }: { tab: Tab; show(tab: Tab): void }) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selected tab is found by its mark, which changes with it.
  useEffect(() => {
    // Focus that is on the tabs goes along with the choice, also with one made by a key of the page.
    if (!list.current?.contains(document.activeElement)) return;
    list.current.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [tab]);
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (by === null) return;
    event.preventDefault();
    event.stopPropagation();
    show(besides(tab, by));
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label="Parts of the page" onKeyDown={pressed}>
      {TABS.map(({ id, words, keys }) => (
        <button
          key={id}
          id={`application-${id}`}
          type="button"
          role="tab"
          tabIndex={id === tab ? 0 : -1}
          aria-selected={id === tab}
          aria-controls="application-panel"
          className={styles.tab}
          data-words={words}
          title={`${words} (${keys.toUpperCase()})`}
          onClick={() => show(id)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

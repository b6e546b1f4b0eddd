import { useEffect, useMemo, useRef } from 'react';
import { type Action, useActions } from '../palette/index.ts';
import { besides, TABS, type Tab } from './tabs.ts';

interface PageVerbs {
  name: string;
  exists: boolean;
  tab: Tab;
  show(tab: Tab): void;
  rerun(): void;
  remove(): void;
}

/** The page's verbs in the palette, with their keys. */
export function usePageActions(verbs: PageVerbs): void {
  // Actions call what the latest render knows; they are registered anew only when their words or states change.
  const latest = useRef(verbs);
  useEffect(() => {
    latest.current = verbs;
  });
  const { name, exists } = verbs;
  const actions = useMemo<Action[]>(() => {
    const group = name;
    const show = (tab: Tab) => () => latest.current.show(tab);
    const step = (by: 1 | -1) => () => latest.current.show(besides(latest.current.tab, by));
    return [
      ...TABS.map(({ id, words, keys }) => ({ id: `application.${id}`, title: words, group, keys, here: true, run: show(id) })),
      {
        id: 'application.rerun',
        title: 'Re-run as a new draft',
        group,
        keys: 'e',
        here: true,
        run: () => latest.current.rerun(),
      },
      {
        id: 'application.delete',
        title: 'Delete…',
        group,
        keys: 'Delete',
        here: true,
        enabled: exists,
        run: () => latest.current.remove(),
      },
      { id: 'application.tab.left', title: 'Tab to the left', group: 'View', keys: '[', run: step(-1) },
      { id: 'application.tab.right', title: 'Tab to the right', group: 'View', keys: ']', run: step(1) },
    ];
  }, [name, exists]);
  useActions('application', actions);
}

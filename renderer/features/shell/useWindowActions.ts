import { useMemo } from 'react';
import { type Action, useActions } from '../palette/index.ts';
import { navigation } from './navigation.ts';
import type { RailEntry } from './Rail.tsx';

/** Registers what can be done on every page, and returns the rail's entries, which are among it. */
export function useWindowActions(show: (overlay: 'palette' | 'keys') => void): RailEntry[] {
  const [entries, actions] = useMemo(() => {
    const go = (id: string, title: string, keys: string, run: () => void): Action => ({ id, title, group: 'Go to', keys, run });
    const rail: RailEntry[] = [
      {
        icon: 'applications',
        label: 'Applications',
        pages: ['applications', 'application', 'welcome'],
        action: go('go.applications', 'Applications', '1', () => navigation.open({ page: 'applications' })),
      },
      {
        icon: 'drafts',
        label: 'Drafts',
        pages: ['drafts', 'editor'],
        action: go('go.drafts', 'Drafts', '2', () => navigation.open({ page: 'drafts' })),
      },
      {
        icon: 'settings',
        label: 'Settings',
        pages: ['settings'],
        foot: true,
        action: go('go.settings', 'Settings', 'Mod+,', () => navigation.open({ page: 'settings' })),
      },
    ];
    const all: Action[] = [
      ...rail.map(({ action }) => action),
      go('go.back', 'Back', 'Alt+ArrowLeft Escape', () => navigation.back()),
      go('go.forward', 'Forward', 'Alt+ArrowRight', () => navigation.forward()),
      { id: 'window.palette', title: 'Search or run', group: 'View', keys: 'Mod+K', run: () => show('palette') },
      { id: 'window.keys', title: 'Keys on this page', group: 'View', keys: '?', run: () => show('keys') },
    ];
    return [rail, all];
  }, [show]);
  useActions('window', actions);
  return entries;
}

import { useEffect } from 'react';
import { useStore } from 'zustand';
import { settings, useSettings } from '../settings/index.ts';
import { createDock, type DockState, type DockTab } from './store.ts';

const FIRST_HEIGHT = 280;

function remembered() {
  const read = settings.store.getState();
  return read.state === 'ready' ? read.settings.dock : { open: false, height: FIRST_HEIGHT };
}

/** The dock of this window. */
export const dock = createDock((open) => void settings.change({ dock: { ...remembered(), open } }));

// As the last window left it.
void settings.load().then(() => {
  if (remembered().open) dock.store.setState({ open: true });
});

/** One part of it; the component renders again when it changes. */
export function useDock<Part>(select: (state: DockState) => Part): Part {
  return useStore(dock.store, select);
}

/** Its height in pixels, and how to change that. */
export function useDockHeight(): [height: number, change: (height: number) => void] {
  const read = useSettings();
  const height = read.state === 'ready' ? read.settings.dock.height : FIRST_HEIGHT;
  return [height, (next) => void settings.change({ dock: { ...remembered(), height: Math.round(next) } })];
}

/** Keeps tabs in the dock while the component is mounted. Memoise `tabs`: a new list is a new registration. */
export function useDockTabs(owner: string, tabs: readonly DockTab[]): void {
  useEffect(() => dock.register(owner, tabs), [owner, tabs]);
}

/** The dock below the page: what keeps running while pages come and go. */
export { Dock } from './Dock.tsx';
export { dock, useDockTabs } from './dock.ts';
export type { DockTab } from './store.ts';

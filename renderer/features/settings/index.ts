/** The person's settings: how the window looks, what scope was last chosen. */
export { settings, useSettings } from './settings.ts';
export { DEFAULT_SETTINGS } from './store.ts';
export { useAppearance } from './useAppearance.ts';

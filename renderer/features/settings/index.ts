/** The person's settings: how the window looks, what scope was last chosen. */
export { settings, useSettings } from './settings.ts';

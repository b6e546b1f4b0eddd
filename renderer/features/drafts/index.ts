/** Drafts: the list of them, and beginning a new one. */
export { newApplication } from './newApplication.ts';
export { useDraftActions } from './useDraftActions.ts';

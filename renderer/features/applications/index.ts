/** The live table of applications. */
export { ApplicationsPage } from './ApplicationsPage.tsx';
export { useApplicationActions } from './useApplicationActions.ts';

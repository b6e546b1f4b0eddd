/** The live table of applications. */
export { ApplicationsPage } from './ApplicationsPage.tsx';
export { DeleteDialog } from './DeleteDialog.tsx';
export { rerunAsDraft } from './rerunAsDraft.ts';
export { useApplicationActions } from './useApplicationActions.ts';

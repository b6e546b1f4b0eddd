/** Writing of applications: a draft's page, and making a new draft. */
export { EditorPage } from './EditorPage.tsx';
export { newDraft } from './new-draft.ts';

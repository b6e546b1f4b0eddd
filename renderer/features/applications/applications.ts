import { useStore } from 'zustand';
import { backend, follow } from '../../backend.ts';
import { type ApplicationsState, createApplications } from './store.ts';

/** Applications of the window's scope; followed on every page, so that the palette has them and going back is at once. */
export const applications = createApplications((scope, heard, signal) => {
  follow((options) => backend.applications.list(scope, options), heard, signal).catch(() => undefined);
});

/** One part of the applications' state; the component renders again when it changes. */
export function useApplications<Part>(select: (state: ApplicationsState) => Part): Part {
  return useStore(applications.store, select);
}

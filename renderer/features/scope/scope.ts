import { useStore } from 'zustand';
import { backend, follow } from '../../backend.ts';
import { settings } from '../settings/index.ts';
import { DEFAULT_SETTINGS } from '../settings/store.ts';
import { createScope, type ScopeState } from './store.ts';

/** The scope this window works in. */
export const scope = createScope({
  kubeconfigs: (heard, signal) => void follow((options) => backend.kubeconfigs.watch({}, options), heard, signal),
  connection: (context, heard, signal) =>
    void follow((options) => backend.clusters.connection({ context }, options), heard, signal),
  namespaces: (context, heard, signal) =>
    void follow((options) => backend.clusters.namespaces({ context }, options), heard, signal),
  async remembered() {
    await settings.load();
    const read = settings.store.getState();
    return read.state === 'ready' ? read.settings : DEFAULT_SETTINGS;
  },
  remember: (patch) => void settings.change(patch),
});

/** One part of the scope; the component renders again when it changes. */
export function useScope<Part>(select: (state: ScopeState) => Part): Part {
  return useStore(scope.store, select);
}

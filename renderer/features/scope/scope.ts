import { useMemo } from 'react';
import { useStore } from 'zustand';
import { backend, follow } from '../../backend.ts';
import { DEFAULT_SETTINGS, settings } from '../settings/index.ts';
import { contextHues } from './choose.ts';
import { createScope, type Heard, type ScopeState } from './store.ts';

/** Follows a stream of the backend; what is left to reject is the abort that was asked for. */
function listen<Value>(
  open: (options: { signal: AbortSignal }) => Promise<AsyncIterable<Value>>,
  heard: Heard<Value>,
  signal: AbortSignal,
): void {
  follow(open, heard, signal).catch(() => undefined);
}

/** The scope this window works in. */
export const scope = createScope({
  kubeconfigs: (heard, signal) => listen((options) => backend.kubeconfigs.watch({}, options), heard, signal),
  connection: (context, heard, signal) => listen((options) => backend.clusters.connection({ context }, options), heard, signal),
  namespaces: (context, heard, signal) => listen((options) => backend.clusters.namespaces({ context }, options), heard, signal),
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

/** Hue of a context in degrees; null while none is named. */
export function useContextHue(name: string | null): number | null {
  const contexts = useScope((state) => state.kubeconfigs.contexts);
  const hues = useMemo(() => contextHues(contexts.map((context) => context.name)), [contexts]);
  return name === null ? null : (hues.get(name) ?? 0);
}

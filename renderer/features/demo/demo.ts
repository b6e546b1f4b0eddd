import { useStore } from 'zustand';
import { backend, failureOfCall, follow } from '../../backend.ts';
import { showNotice } from '../../ui/notices.ts';
import { scope, useScope } from '../scope/index.ts';
import { navigation } from '../shell/index.ts';
import { createDemoStore, type DemoState, isDemo } from './store.ts';

/** The demo cluster of this window. */
export const demo = createDemoStore({
  watch: (onValue, signal) =>
    void follow((options) => backend.demo.watch({}, options), { onValue }, signal).catch(() => undefined),
  start: () => backend.demo.start({}),
  stop: () => backend.demo.stop({}),
  playables: () => backend.demo.playables({}),
  play: (input) => backend.demo.play(input),
  break: (input) => backend.demo.break(input),
  scope,
  open: navigation.open,
  tell: (text) => showNotice({ tone: 'done', text }),
  tellFailure: (text, error) => showNotice({ tone: 'failed', text, failure: failureOfCall(error) }),
});

/** One part of it; the component renders again when it changes. */
export function useDemo<Part>(select: (state: DemoState) => Part): Part {
  return useStore(demo.store, select);
}

/** Whether the window works in the demo cluster, also in one that died. */
export function useIsDemo(): boolean {
  const context = useScope((state) => state.scope?.context ?? null);
  return useDemo((state) => isDemo(state.demo, context));
}

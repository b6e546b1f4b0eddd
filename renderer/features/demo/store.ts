import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Demo, Playable, Played } from '../../../shared/contract/demo.ts';
import type { ScopeStore } from '../scope/index.ts';
import type { Place } from '../shell/index.ts';

/** What can be played on the demo cluster. */
export interface Playables {
  scenarios: readonly Playable[];
  breakages: readonly Playable[];
}

/** The backend's side of the demo cluster, and the window around it. */
export interface DemoSources {
  watch(onValue: (demo: Demo) => void, signal: AbortSignal): void;
  start(): Promise<{ context: string }>;
  stop(): Promise<unknown>;
  playables(): Promise<Playables>;
  play(input: { scenario: string; namespace: string | null }): Promise<Played>;
  break(input: { breakage: string }): Promise<{ told: string }>;
  scope: Pick<ScopeStore, 'store' | 'chooseContext' | 'chooseNamespace' | 'leave'>;
  open(place: Place): void;
  tell(text: string): void;
  /** Something the person asked for did not happen. */
  tellFailure(text: string, error: unknown): void;
}

export interface DemoState {
  demo: Demo;
  /** Null until they are known; empty is none. */
  playables: Playables | null;
  /** Whether the menu of the badge is open. */
  isMenuOpen: boolean;
}

export interface DemoStore {
  store: StoreApi<DemoState>;
  /** Follows the demo cluster's state. The returned function ends it. */
  follow(): () => void;
  /** Starts it and goes there; does nothing more than going when it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Plays a scenario and opens what it made. */
  play(scenario: Playable): Promise<void>;
  break(breakage: Playable): Promise<void>;
  setMenuOpen(isMenuOpen: boolean): void;
}

/** The contexts that belong to the demo cluster, also of one that died. */
export function contextsOf(demo: Demo): readonly string[] {
  if (demo.state === 'running') return [demo.context, demo.viewer];
  return demo.state === 'failed' ? demo.contexts : [];
}

/** Whether nothing that a window shows of `context` is real. */
export const isDemo = (demo: Demo, context: string | null): boolean => context !== null && contextsOf(demo).includes(context);

/** The demo cluster as one window has it. */
export function createDemoStore(sources: DemoSources): DemoStore {
  const { scope } = sources;
  const store = createStore<DemoState>(() => ({ demo: { state: 'off' }, playables: null, isMenuOpen: false }));

  function heard(demo: Demo): void {
    const before = store.getState().demo;
    store.setState({ demo });
    if (demo.state === 'running') void learn();
    // It was stopped: nothing is left to look at.
    if (demo.state === 'off' && isDemo(before, scope.store.getState().scope?.context ?? null)) {
      store.setState({ isMenuOpen: false });
      scope.leave();
      sources.open({ page: 'welcome' });
    }
  }

  async function learn(): Promise<void> {
    try {
      store.setState({ playables: await sources.playables() });
    } catch (error) {
      sources.tellFailure('The scenarios of the demo cluster could not be listed.', error);
    }
  }

  /** Resolves once the kubeconfigs have the context, which is told on a stream of its own. */
  function known(context: string): Promise<void> {
    const isThere = () => scope.store.getState().kubeconfigs.contexts.some(({ name }) => name === context);
    return new Promise((resolve) => {
      if (isThere()) return resolve();
      const stop = scope.store.subscribe(() => {
        if (!isThere()) return;
        stop();
        resolve();
      });
    });
  }

  return {
    store,
    follow() {
      const following = new AbortController();
      sources.watch(heard, following.signal);
      return () => following.abort();
    },
    async start() {
      try {
        const { context } = await sources.start();
        await known(context);
        scope.chooseContext(context);
        sources.open({ page: 'applications' });
      } catch (error) {
        sources.tellFailure('The demo cluster did not start.', error);
      }
    },
    async stop() {
      await sources.stop().catch((error: unknown) => sources.tellFailure('The demo cluster was not stopped.', error));
    },
    async play({ id, title }) {
      try {
        const { created, told } = await sources.play({ scenario: id, namespace: null });
        const [first] = created;
        sources.tell(told);
        if (first === undefined) return;
        scope.chooseContext(first.context);
        const shown = scope.store.getState().scope?.namespace ?? null;
        if (shown !== null && shown !== first.namespace) scope.chooseNamespace(first.namespace);
        sources.open(created.length === 1 ? { page: 'application', reference: first } : { page: 'applications' });
      } catch (error) {
        sources.tellFailure(`“${title}” was not played.`, error);
      }
    },
    async break({ id, title }) {
      try {
        sources.tell((await sources.break({ breakage: id })).told);
      } catch (error) {
        sources.tellFailure(`“${title}” did not happen.`, error);
      }
    },
    setMenuOpen: (isMenuOpen) => store.setState({ isMenuOpen }),
  };
}

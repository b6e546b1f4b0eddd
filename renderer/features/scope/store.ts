import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Connection } from '../../../shared/contract/clusters.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import type { Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Scope } from '../shell/index.ts';
import { namespaceFor, scopeOfLastTime } from './choose.ts';

/** What happens to a stream: values, or that it ended badly. */
export interface Heard<Value> {
  onValue(value: Value): void;
  onFailure(failure: Failure): void;
}

/** Where the scope's facts come from; each runs until its signal aborts. */
export interface ScopeSources {
  kubeconfigs(heard: Heard<Kubeconfigs>, signal: AbortSignal): void;
  connection(context: string, heard: Heard<Connection>, signal: AbortSignal): void;
  namespaces(context: string, heard: Heard<Namespaces>, signal: AbortSignal): void;
  /** The settings once they are read. */
  remembered(): Promise<Settings>;
  remember(patch: Partial<Settings>): void;
}

export interface Namespaces {
  names: string[];
  freshness: Freshness;
}

/** The connection of the chosen context; `failed` when even its health cannot be followed. */
export type Health = { state: 'none' } | { state: 'known'; connection: Connection } | { state: 'failed'; failure: Failure };

/** `starting` until kubeconfig files and settings are read. */
export interface ScopeState {
  starting: boolean;
  kubeconfigs: Kubeconfigs;
  kubeconfigsFailure: Failure | null;
  scope: Scope | null;
  health: Health;
  namespaces: Namespaces | null;
}

const NO_KUBECONFIGS: Kubeconfigs = { files: [], contexts: [], currentContext: null };

export interface ScopeStore {
  store: StoreApi<ScopeState>;
  /** Begins to follow the kubeconfig files and restores the last scope. The returned function ends everything. */
  start(): () => void;
  chooseContext(context: string): void;
  /** null: all namespaces of the context. */
  chooseNamespace(namespace: string | null): void;
  /** Works in no cluster, as before the first choice. */
  leave(): void;
}

/** Which cluster and namespace the window works in, and what is known of them. */
export function createScope(sources: ScopeSources): ScopeStore {
  const store = createStore<ScopeState>(() => ({
    starting: true,
    kubeconfigs: NO_KUBECONFIGS,
    kubeconfigsFailure: null,
    scope: null,
    health: { state: 'none' },
    namespaces: null,
  }));
  let remembered: Settings | null = null;
  let following = new AbortController();

  function begin(scope: Scope): void {
    following.abort();
    following = new AbortController();
    const { signal } = following;
    store.setState({ scope, health: { state: 'none' }, namespaces: null });
    sources.connection(
      scope.context,
      {
        onValue: (connection) => store.setState({ health: { state: 'known', connection } }),
        onFailure: (failure) => store.setState({ health: { state: 'failed', failure } }),
      },
      signal,
    );
    sources.namespaces(
      scope.context,
      {
        onValue: (namespaces) => store.setState({ namespaces }),
        onFailure: (failure) => store.setState({ namespaces: { names: [], freshness: { state: 'refused', failure } } }),
      },
      signal,
    );
  }

  function remember(scope: Scope): void {
    const namespaces = { ...remembered?.namespaces, [scope.context]: scope.namespace };
    if (remembered) remembered = { ...remembered, context: scope.context, namespaces };
    sources.remember({ context: scope.context, namespaces });
  }

  function heardKubeconfigs(kubeconfigs: Kubeconfigs): void {
    store.setState({ kubeconfigs, kubeconfigsFailure: null });
    if (!remembered || !store.getState().starting) return;
    const last = scopeOfLastTime(kubeconfigs, remembered);
    if (last) begin(last);
    store.setState({ starting: false });
  }

  function start(): () => void {
    const starting = new AbortController();
    const heard = {
      onValue: heardKubeconfigs,
      onFailure: (failure: Failure) => store.setState({ kubeconfigsFailure: failure, starting: false }),
    };
    void sources.remembered().then((settings) => {
      if (starting.signal.aborted) return;
      remembered = settings;
      sources.kubeconfigs(heard, starting.signal);
    });
    return () => {
      starting.abort();
      following.abort();
    };
  }

  function chooseContext(name: string): void {
    const { kubeconfigs, scope } = store.getState();
    const context = kubeconfigs.contexts.find((each) => each.name === name);
    if (!context || scope?.context === name) return;
    const chosen = { context: name, namespace: namespaceFor(context, remembered ?? { context: null, namespaces: {} }) };
    begin(chosen);
    remember(chosen);
  }

  function chooseNamespace(namespace: string | null): void {
    const { scope } = store.getState();
    if (!scope || scope.namespace === namespace) return;
    const chosen = { ...scope, namespace };
    store.setState({ scope: chosen });
    remember(chosen);
  }

  function leave(): void {
    following.abort();
    store.setState({ scope: null, health: { state: 'none' }, namespaces: null });
    if (remembered) remembered = { ...remembered, context: null };
    sources.remember({ context: null });
  }

  return { store, start, chooseContext, chooseNamespace, leave };
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { Failure } from '../../../shared/failure.ts';

/** Where settings are kept: the backend's procedures, or a test's own. */
export interface SettingsSource {
  get(input: object): Promise<Settings>;
  change(patch: Partial<Settings>): Promise<Settings>;
}

/** `failure` of a ready state: the last change is in force in this window but was not written down. */
export type SettingsState = { state: 'loading' } | { state: 'ready'; settings: Settings; failure: Failure | null };

/** What holds when the settings cannot be read. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'normal',
  context: null,
  namespaces: {},
  kubeconfigs: [],
  dock: { open: false, height: 280 },
  demo: { state: 'untouched' },
};

export interface SettingsStore {
  store: StoreApi<SettingsState>;
  /** Reads them; failing that, goes on with the defaults and says why. */
  load(): Promise<void>;
  /** Takes effect at once, then is written down. A change made while they load waits for them. */
  change(patch: Partial<Settings>): Promise<void>;
}

/** Settings of the person, as the renderer holds them. `failureOf` turns what a call threw into data. */
export function createSettings(source: SettingsSource, failureOf: (error: unknown) => Failure): SettingsStore {
  const store = createStore<SettingsState>(() => ({ state: 'loading' }));
  let loading: Promise<void> | null = null;
  let changes = 0;

  async function read(): Promise<void> {
    try {
      store.setState({ state: 'ready', settings: await source.get({}), failure: null }, true);
    } catch (error) {
      store.setState({ state: 'ready', settings: DEFAULT_SETTINGS, failure: failureOf(error) }, true);
    }
  }

  function load(): Promise<void> {
    loading ??= read();
    return loading;
  }

  async function change(patch: Partial<Settings>): Promise<void> {
    await load();
    const before = store.getState();
    if (before.state !== 'ready') return;
    changes += 1;
    const mine = changes;
    const settings = { ...before.settings, ...patch };
    store.setState({ state: 'ready', settings, failure: null }, true);
    try {
      const written = await source.change(patch);
      // A later change is already on screen; its own answer will tell.
      if (mine === changes) store.setState({ state: 'ready', settings: written, failure: null }, true);
    } catch (error) {
      const present = store.getState();
      if (present.state === 'ready') store.setState({ ...present, failure: failureOf(error) }, true);
    }
  }

  return { store, load, change };
}

import { statSync } from 'node:fs';
import { resolve as absolutePath } from 'node:path';
import type { Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { Clock, Log } from '../../platform/world.ts';
import { embedded } from './embedded.ts';
import type { ResolvedContext } from './entries.ts';
import { locate } from './locate.ts';
import { type FileState, merge } from './merge.ts';
import { readKubeconfig } from './read-file.ts';
import { watchPath } from './watch-file.ts';

/** What the backend sees of the kubeconfig files: names and failures, no secrets. */
export interface KubeconfigStore {
  current(): Kubeconfigs;
  /** Tells `listener` the present state at once and every later one. The returned function ends it. */
  subscribe(listener: (kubeconfigs: Kubeconfigs) => void): () => void;
  /** Adds a file the user picked. Throws `kubeconfig-missing`. */
  add(path: string): void;
  /** Forgets a picked file. */
  remove(path: string): void;
  /** Files picked so far, to be remembered. */
  picked(): string[];
  /**
   * Adds a kubeconfig that is in no file, under names that are free now and stay its own until it is withdrawn. Another call takes
   * the first one's place. Throws `kubeconfig-invalid`.
   */
  embed(text: string): Embedded;
}

/** A kubeconfig in memory, as it was added. */
export interface Embedded {
  /** The name that one of its contexts goes by here. */
  nameOf(context: string): string;
  withdraw(): void;
}

/** Where the files are named. */
export interface KubeconfigPlaces {
  environment: Record<string, string | undefined>;
  home: string;
  picked: readonly string[];
}

/** Events of one write come in a burst; this long after the last one the file is read. */
const SETTLE = 50;
/** By then a new watch has begun to see. */
const FIRST_LOOK = 500;
/** A file that turned bad or empty may be half written: it is read again after this long before anyone is told. */
const SECOND_LOOK = 200;

/** The store with what only `electron/clusters` may use of it. */
export interface OpenKubeconfigs {
  store: KubeconfigStore;
  /** Throws `context-unknown` or `context-incomplete`. Holds secrets. */
  resolve(context: string): ResolvedContext;
  close(): void;
}

/** Reads the kubeconfig files and follows their changes until closed. */
export function openKubeconfigs(places: KubeconfigPlaces, clock: Clock, log: Log): OpenKubeconfigs {
  const listeners = new Set<(kubeconfigs: Kubeconfigs) => void>();
  const watches = new Map<string, () => void>();
  const waiting = new Map<string, () => void>();
  let picked = [...new Set(places.picked.map((path) => absolutePath(path)))];
  /** Of the demo cluster. First of all, so that a name it was given cannot come to mean another cluster under someone's hands. */
  let embedding: FileState | null = null;
  let files: FileState[] = [];
  let merged = merge(files);
  let published = '';

  const publish = (next: FileState[]) => {
    files = next;
    const all = embedding === null ? files : [embedding, ...files];
    merged = merge(all);
    // Secrets count as a change too: `resolve` gives them, and connections compare what they get.
    const version = JSON.stringify(all);
    if (version === published) return;
    published = version;
    for (const { location, content } of files)
      if ('failure' in content && content.failure.code === 'kubeconfig-invalid')
        log.warn('kubeconfig file is broken', { path: location.path, line: content.failure.line });
    for (const listener of [...listeners]) listener(merged.kubeconfigs);
  };

  const look = (path: string, again: boolean) => {
    const before = files.find(({ location }) => location.path === path);
    if (before === undefined) return;
    const after = readKubeconfig(before.location);
    if (!again && holdsContexts(before) && !holdsContexts(after)) {
      waiting.set(
        path,
        clock.after(SECOND_LOOK, () => look(path, true)),
      );
      return;
    }
    waiting.delete(path);
    publish(files.map((file) => (file === before ? after : file)));
  };

  const touched = (path: string) => {
    waiting.get(path)?.();
    waiting.set(
      path,
      clock.after(SETTLE, () => look(path, false)),
    );
  };

  const relocate = () => {
    const locations = locate(places.environment, places.home, picked);
    for (const [path, close] of watches) {
      if (locations.some((location) => location.path === path)) continue;
      close();
      watches.delete(path);
    }
    for (const { path } of locations) {
      if (watches.has(path)) continue;
      watches.set(
        path,
        watchPath(path, () => touched(path)),
      );
      // What changes before the watch has taken its first look is seen by no event.
      waiting.set(
        path,
        clock.after(FIRST_LOOK, () => look(path, false)),
      );
    }
    publish(locations.map(readKubeconfig));
  };
  relocate();

  return {
    store: {
      current: () => merged.kubeconfigs,
      subscribe(listener) {
        listeners.add(listener);
        listener(merged.kubeconfigs);
        return () => void listeners.delete(listener);
      },
      add(path) {
        const file = absolutePath(path);
        if (statSync(file, { throwIfNoEntry: false }) === undefined)
          throw new FailureError({ code: 'kubeconfig-missing', path: file });
        if (!picked.includes(file)) picked.push(file);
        relocate();
      },
      remove(path) {
        picked = picked.filter((file) => file !== absolutePath(path));
        relocate();
      },
      picked: () => [...picked],
      embed(text) {
        const taken = merge(files).kubeconfigs.contexts.map(({ name }) => name);
        const { file, nameOf } = embedded(text, new Set(taken));
        embedding = file;
        publish(files);
        const withdraw = () => {
          if (embedding !== file) return;
          embedding = null;
          publish(files);
        };
        return { nameOf, withdraw };
      },
    },
    resolve: (context) => merged.resolve(context),
    close() {
      for (const close of watches.values()) close();
      for (const cancel of waiting.values()) cancel();
      watches.clear();
      waiting.clear();
      listeners.clear();
    },
  };
}

function holdsContexts({ content }: FileState): boolean {
  return 'parsed' in content && content.parsed.contexts.length > 0;
}

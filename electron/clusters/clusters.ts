import { createHash } from 'node:crypto';
import type { Clock, Log } from '../platform/world.ts';
import type { Cluster } from './cluster.ts';
import { type Connected, connect } from './connect.ts';
import type { Credentials } from './credentials/credential.ts';
import { createCredentialsPool } from './credentials/credentials.ts';
import type { ResolvedContext } from './kubeconfig/entries.ts';
import { type KubeconfigStore, openKubeconfigs } from './kubeconfig/store.ts';

/** What the clusters need of the world. */
export interface ClustersOptions {
  environment: Record<string, string | undefined>;
  /** The user's home directory; `~/.kube/config` is looked for in it. */
  home: string;
  /** Kubeconfig files the user picked before. */
  picked?: readonly string[];
  clock: Clock;
  log: Log;
  /** Milliseconds a login plugin may take; default 30,000. */
  pluginTimeLimit?: number;
}

/** The clusters of all kubeconfig files. */
export interface Clusters {
  readonly kubeconfigs: KubeconfigStore;
  /**
   * The context's API server: the same object until what the kubeconfig says of the context changes, then a new one, and requests
   * and watches of the old one end. Throws `context-unknown` and `context-incomplete`.
   */
  get(context: string): Cluster;
  /** Tells `listener` the name of each context whose content changed, appeared or went since someone asked for it. */
  onChange(listener: (context: string) => void): () => void;
  /** Forgets failed logins of the context, so that the next request tries at once. */
  forgive(context: string): void;
  /** Ends all connections and stops following the files. */
  close(): void;
}

interface Entry {
  connected: Connected;
  credentials: Credentials;
}

/** Reads the kubeconfig files and hands out their clusters. Nothing is sent before someone makes a request. */
export function createClusters(options: ClustersOptions): Clusters {
  const { environment, clock, log } = options;
  const files = openKubeconfigs({ environment, home: options.home, picked: options.picked ?? [] }, clock, log);
  const pool = createCredentialsPool({ environment, clock, timeLimit: options.pluginTimeLimit ?? 30_000 });
  const listeners = new Set<(context: string) => void>();
  const entries = new Map<string, Entry>();
  /** What was asked for, with the fingerprint it had (null: it could not be used). */
  const asked = new Map<string, string | null>();

  const fingerprintOf = (context: string): string | null => {
    try {
      return fingerprint(files.resolve(context));
    } catch {
      return null;
    }
  };

  const unsubscribe = files.store.subscribe(() => {
    for (const [context, before] of [...asked]) {
      const after = fingerprintOf(context);
      if (after === before) continue;
      asked.set(context, after);
      entries.get(context)?.connected.close();
      entries.delete(context);
      log.info('context changed', { context, usable: after !== null });
      for (const listener of [...listeners]) listener(context);
    }
  });

  return {
    kubeconfigs: files.store,
    get(context) {
      if (!asked.has(context)) asked.set(context, fingerprintOf(context));
      const known = entries.get(context);
      if (known !== undefined) return known.connected.cluster;
      const resolved = files.resolve(context);
      const credentials = pool.of(resolved);
      const entry = { credentials, connected: connect(resolved, credentials, { environment, clock }) };
      entries.set(context, entry);
      return entry.connected.cluster;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forgive: (context) => entries.get(context)?.credentials.forgive(),
    close() {
      unsubscribe();
      files.close();
      for (const { connected } of entries.values()) connected.close();
      entries.clear();
      listeners.clear();
    },
  };
}

/** A digest, so that no second copy of the secrets is kept. */
function fingerprint(resolved: ResolvedContext): string {
  return createHash('sha256').update(JSON.stringify(resolved)).digest('hex');
}

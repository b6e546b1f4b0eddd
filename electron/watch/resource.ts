import type { Freshness } from '../../shared/contract/freshness.ts';

/** A resource in one namespace (null: in all of them) of one cluster. `group` is empty for core. */
export interface Resource {
  group: string;
  version: string;
  plural: string;
  namespace: string | null;
  labelSelector?: string;
  fieldSelector?: string;
}

/** What every object has, as far as the cache needs it. Everything else is the reader's to check. */
export interface ApiObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    uid: string;
    name: string;
    namespace?: string;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[];
  };
  [field: string]: unknown;
}

/** One observed change. `at` is the time of arrival; `listed` objects were there before we looked. */
export type Change =
  | { type: 'listed' | 'added' | 'modified'; object: ApiObject; at: number }
  | { type: 'deleted'; object: ApiObject; at: number };

/**
 * Told of everything in order; `onChanges` comes in batches, one after each network read at most. The batch is shared
 * between subscribers: read it, do not change it.
 */
export interface Subscriber {
  /** `reset`: forget all; a full list follows in this and later batches. The first batch always is one. */
  onChanges(changes: readonly Change[], reset: boolean): void;
  onFreshness(freshness: Freshness): void;
}

/** One cache per (cluster, resource), shared by all subscribers and closed a little after the last. */
export interface WatchCaches {
  /**
   * Replays what is cached (as `listed`, with `reset`) before it returns, then follows. The returned function ends the
   * subscription; nothing is told after it.
   */
  subscribe(context: string, resource: Resource, subscriber: Subscriber): () => void;
  /** Tries at once whatever waits for a retry in this context, and opens anew what has been silent for a while. */
  retryNow(context: string): void;
  /** Forgets what is cached of this context and lists anew: the context means another cluster or another user now. */
  restart(context: string): void;
  /** Ends everything. */
  close(): void;
}

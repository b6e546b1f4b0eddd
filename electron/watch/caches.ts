import type { Failure } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Clock, Log } from '../platform/world.ts';
import { type Cache, createCache } from './cache.ts';
import { cacheKey } from './location.ts';
import { type Loop, runWatch } from './loop.ts';
import type { ApiObject, Resource, WatchCaches } from './resource.ts';
import { defaultTuning, type Tuning } from './tuning.ts';

/** What the watch caches need of the world. */
export interface WatchWorld {
  /** May throw `FailureError`, which is told of as any other failure. Asked anew before each request. */
  clusters: { get(context: string): Cluster };
  clock: Clock;
  /** 0 to 1, for jitter and watch times. */
  random(): number;
  log: Log;
  /** What is kept of an object; must keep `metadata`. Runs once for each object that arrives, without `managedFields`. */
  project?(resource: Resource, object: ApiObject): ApiObject;
  /** A watch in this context lost its server or was refused; once for each loss, not for each failed try. */
  onTrouble?(context: string, failure: Failure): void;
  /** Other numbers than those of {@link defaultTuning}. */
  tuning?: Partial<Tuning>;
}

interface Entry {
  context: string;
  cache: Cache;
  loop: Loop;
  /** Set while nobody is subscribed: calls the end off. */
  stay: (() => void) | null;
}

/** One list+watch for each (context, resource) somebody wants to know of, for as long as somebody does. */
export function createWatchCaches(world: WatchWorld): WatchCaches {
  const { clock, log } = world;
  const tuning: Tuning = { ...defaultTuning, ...world.tuning };
  const entries = new Map<string, Entry>();

  function open(key: string, context: string, resource: Resource): Entry {
    const cache = createCache((object) => world.project?.(resource, object) ?? object, log);
    const loop = runWatch({
      cluster: () => world.clusters.get(context),
      resource,
      cache,
      clock,
      random: () => world.random(),
      log,
      tuning,
      onTrouble: (failure) => world.onTrouble?.(context, failure),
    });
    const entry: Entry = { context, cache, loop, stay: null };
    entries.set(key, entry);
    return entry;
  }

  function leave(key: string, entry: Entry): void {
    if (entries.get(key) !== entry || entry.cache.subscribers > 0) return;
    entry.stay?.();
    entry.stay = clock.after(tuning.linger, () => {
      entries.delete(key);
      entry.loop.close();
    });
  }

  function inContext(context: string): Entry[] {
    return [...entries.values()].filter((entry) => entry.context === context);
  }

  return {
    subscribe(context, resource, subscriber) {
      const key = cacheKey(context, resource);
      const entry = entries.get(key) ?? open(key, context, resource);
      entry.stay?.();
      entry.stay = null;
      const part = entry.cache.join(subscriber, clock.now());
      return () => {
        part();
        leave(key, entry);
      };
    },
    retryNow(context) {
      for (const entry of inContext(context)) entry.loop.retry();
    },
    restart(context) {
      for (const entry of inContext(context)) entry.loop.restart();
    },
    close() {
      for (const entry of entries.values()) {
        entry.stay?.();
        entry.loop.close();
      }
      entries.clear();
    },
  };
}

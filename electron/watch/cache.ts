import type { Freshness } from '../../shared/contract/freshness.ts';
import type { Log } from '../platform/world.ts';
import type { ApiObject, Change, Subscriber } from './resource.ts';

/** What is known of one resource, and those who want to know. The cost of an event does not depend on how much is known. */
export interface Cache {
  /** A list starts. The first one is shown as it comes; a later one when it is complete. */
  begin(): void;
  page(items: readonly ApiObject[], at: number): void;
  /** The list is complete: what it did not hold has vanished. */
  finish(at: number): void;
  /** Applies events in order, as one batch. */
  apply(events: readonly { type: 'changed' | 'deleted'; object: ApiObject }[], at: number): void;
  /** Forgets all, and tells so. */
  clear(): void;
  tell(freshness: Freshness): void;
  /** Replays and follows; see `WatchCaches.subscribe`. */
  join(subscriber: Subscriber, at: number): () => void;
  readonly subscribers: number;
  readonly size: number;
}

/** A subscriber, and whether its first batch, the one with `reset`, is out. */
interface Member {
  subscriber: Subscriber;
  started: boolean;
}

/** A cache that keeps of every object what `project` returns. */
export function createCache(project: (object: ApiObject) => ApiObject, log: Log): Cache {
  const known = new Map<string, ApiObject>();
  const members = new Set<Member>();
  let complete = false;
  /** Of the list under way: what it held so far. Objects wait here only when older ones are on show meanwhile. */
  let listed = new Map<string, ApiObject | null>();
  let freshness: Freshness = { state: 'loading', received: 0 };
  /** How often all was forgotten: a batch under delivery when that happens is out of date. */
  let cleared = 0;

  /** A subscriber that throws must not cost the others their data. */
  function inform(member: Member, what: () => void): void {
    if (!members.has(member)) return;
    try {
      what();
    } catch (error) {
      log.warn('watch: a subscriber failed', { message: error instanceof Error ? error.message : 'no error' });
    }
  }

  function deliver(changes: readonly Change[]): void {
    const asOf = cleared;
    for (const member of [...members]) {
      if (cleared !== asOf) return;
      const reset = !member.started;
      if (!reset && changes.length === 0) continue;
      member.started = true;
      inform(member, () => member.subscriber.onChanges(changes, reset));
    }
  }

  /** Takes an object over, unless it is the one we have. */
  function put(object: ApiObject, type: 'listed' | 'added', at: number, changes: Change[]): void {
    const { uid, resourceVersion } = object.metadata;
    const before = known.get(uid);
    if (before?.metadata.resourceVersion === resourceVersion) return;
    known.set(uid, object);
    changes.push({ type: before ? 'modified' : type, object, at });
  }

  return {
    begin() {
      listed = new Map();
    },
    page(items, at) {
      const objects = items.map(project);
      const changes: Change[] = [];
      for (const object of objects) {
        listed.set(object.metadata.uid, complete ? object : null);
        if (!complete) put(object, 'listed', at, changes);
      }
      if (!complete) deliver(changes);
    },
    finish(at) {
      const changes: Change[] = [];
      // Deletions first: an object that was made anew under its old name must not be removed by them.
      for (const [uid, object] of known) {
        if (listed.has(uid)) continue;
        known.delete(uid);
        changes.push({ type: 'deleted', object, at });
      }
      for (const object of listed.values()) if (object !== null) put(object, 'added', at, changes);
      listed = new Map();
      complete = true;
      deliver(changes);
    },
    apply(events, at) {
      const changes: Change[] = [];
      // All before any: when one cannot be projected, none is taken over, and the watch goes on from before them.
      const kept = events.map(({ type, object }) => ({ type, object: project(object) }));
      for (const { type, object } of kept) {
        if (type === 'changed') put(object, 'added', at, changes);
        else if (known.delete(object.metadata.uid)) changes.push({ type: 'deleted', object, at });
      }
      deliver(changes);
    },
    clear() {
      known.clear();
      cleared += 1;
      listed = new Map();
      complete = false;
      for (const member of members) member.started = false;
      deliver([]);
    },
    tell(next) {
      freshness = next;
      for (const member of [...members]) inform(member, () => member.subscriber.onFreshness(next));
    },
    join(subscriber, at) {
      const member: Member = { subscriber, started: complete || known.size > 0 };
      members.add(member);
      if (member.started) {
        const replay = Array.from(known.values(), (object): Change => ({ type: 'listed', object, at }));
        inform(member, () => subscriber.onChanges(replay, true));
      }
      inform(member, () => subscriber.onFreshness(freshness));
      return () => {
        members.delete(member);
      };
    },
    get subscribers() {
      return members.size;
    },
    get size() {
      return known.size;
    },
  };
}

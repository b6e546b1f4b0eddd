import type { JsonObject } from '../json.ts';
import { type Kind, qualified } from './kinds.ts';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One write. `object` carries the version of the write, also when it deletes. */
export interface Change {
  version: number;
  type: ChangeType;
  kind: Kind;
  object: JsonObject;
  before: JsonObject | null;
  /** `object` as JSON, written once for everyone who wants it. */
  text: string;
}

/** What is remembered at most; the oldest changes go first. */
export interface HistoryLimits {
  changes: number;
  /** Of JSON text. */
  bytes: number;
}

/** The latest changes, each kind by itself. */
export interface History {
  add(change: Change): void;
  /** Changes of the kind after `version`, oldest first; null when not all of them are remembered. */
  since(kind: Kind, version: number): Change[] | null;
  /** The oldest version from which changes of the kind can be told. */
  oldest(kind: Kind): number;
  /** Forgets everything up to `version`. */
  forget(version: number): void;
}

/** A queue that is cheap at both ends: what is dropped leaves the array in bulk. */
interface Queue {
  changes: Change[];
  first: number;
  /** Version of the last change dropped. */
  dropped: number;
}

/** `version`: nothing before it was ever remembered. */
export function createHistory(limits: HistoryLimits, version: number): History {
  const kinds = new Map<string, Queue>();
  const all: Queue = { changes: [], first: 0, dropped: version };
  let bytes = 0;
  let forgotten = version;

  const queueOf = (kind: Kind): Queue => {
    const id = qualified(kind);
    const queue = kinds.get(id) ?? { changes: [], first: 0, dropped: 0 };
    kinds.set(id, queue);
    return queue;
  };
  const shift = (queue: Queue): Change | undefined => {
    const change = queue.changes[queue.first];
    queue.first += 1;
    queue.dropped = change?.version ?? queue.dropped;
    if (queue.first > 1000 && queue.first > queue.changes.length / 2) {
      queue.changes.splice(0, queue.first);
      queue.first = 0;
    }
    return change;
  };
  const oldest = (kind: Kind): number => Math.max(forgotten, queueOf(kind).dropped);

  return {
    oldest,
    add(change) {
      all.changes.push(change);
      queueOf(change.kind).changes.push(change);
      bytes += change.text.length;
      while (all.changes.length - all.first > limits.changes || bytes > limits.bytes) {
        const dropped = shift(all);
        if (dropped === undefined) return;
        shift(queueOf(dropped.kind));
        bytes -= dropped.text.length;
      }
    },
    since(kind, wanted) {
      if (wanted < oldest(kind)) return null;
      const { changes, first } = queueOf(kind);
      let low = first;
      let high = changes.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((changes[middle]?.version ?? 0) <= wanted) low = middle + 1;
        else high = middle;
      }
      return changes.slice(low);
    },
    forget(until) {
      kinds.clear();
      all.changes = [];
      all.first = 0;
      bytes = 0;
      forgotten = until;
    },
  };
}

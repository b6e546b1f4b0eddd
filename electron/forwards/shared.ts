/** What one opener gives to all who ask for the same key. */
interface Entry<Value> {
  listeners: Set<(value: Value) => void>;
  last: { value: Value } | null;
  close(): void;
}

/**
 * Opens each thing once, however many follow it, and closes it with the last follower. A follower is told the newest value at once.
 */
export function shareByKey<Key, Value>(
  open: (key: Key, push: (value: Value) => void) => () => void,
  nameOf: (key: Key) => string,
) {
  const entries = new Map<string, Entry<Value>>();

  function create(name: string, key: Key): Entry<Value> {
    const entry: Entry<Value> = { listeners: new Set(), last: null, close: () => {} };
    entries.set(name, entry);
    entry.close = open(key, (value) => {
      entry.last = { value };
      for (const listener of [...entry.listeners]) listener(value);
    });
    return entry;
  }

  return (key: Key, listener: (value: Value) => void): (() => void) => {
    const name = nameOf(key);
    const entry = entries.get(name) ?? create(name, key);
    entry.listeners.add(listener);
    if (entry.last !== null) listener(entry.last.value);
    return () => {
      if (!entry.listeners.delete(listener) || entry.listeners.size > 0) return;
      entries.delete(name);
      entry.close();
    };
  };
}

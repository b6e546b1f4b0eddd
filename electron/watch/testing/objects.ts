import type { ApiObject } from '../resource.ts';

/** One change of a stored object. */
interface Stored {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: ApiObject;
}

/** A list answer with its status. */
export interface Listed {
  status: number;
  body: object;
}

/** What an API server keeps of one resource: objects, their history and the versions forgotten by compaction. */
export function createObjects() {
  const objects = new Map<string, ApiObject>();
  let history: Stored[] = [];
  const snapshots = new Map<string, ApiObject[]>();
  const watchers = new Set<(line: string) => void>();
  let version = 1;
  let compacted = 0;
  let serial = 0;

  function record(type: Stored['type'], object: ApiObject): ApiObject {
    version += 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    if (type === 'DELETED') objects.delete(object.metadata.uid);
    else objects.set(object.metadata.uid, stored);
    history.push({ version, type, object: stored });
    const line = `${JSON.stringify({ type, object: stored })}\n`;
    for (const watcher of watchers) watcher(line);
    return stored;
  }

  return {
    get version() {
      return version;
    },
    get watchers() {
      return watchers.size;
    },
    /** uid → resourceVersion of all there is. */
    versions(): Record<string, string> {
      return Object.fromEntries([...objects.values()].map(({ metadata }) => [metadata.uid, metadata.resourceVersion]));
    },
    add(name: string, more: Record<string, unknown> = {}): ApiObject {
      serial += 1;
      const metadata = {
        uid: `${name}-${serial}`,
        name,
        namespace: 'default',
        resourceVersion: '',
        creationTimestamp: '2026-01-01T00:00:00Z',
      };
      return record('ADDED', {
        kind: 'Pod',
        apiVersion: 'v1',
        ...more,
        metadata: { ...metadata, managedFields: [{ manager: 'x' }] },
      } as ApiObject);
    },
    modify(uid: string, more: Record<string, unknown> = {}): void {
      const object = objects.get(uid);
      if (object) record('MODIFIED', { ...object, ...more });
    },
    remove(uid: string): void {
      const object = objects.get(uid);
      if (object) record('DELETED', object);
    },
    uids: () => [...objects.keys()],
    bookmark(): void {
      const line = `${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: String(version) } } })}\n`;
      for (const watcher of watchers) watcher(line);
    },
    /** Forgets history: watches from before now are answered with 410. */
    compact(): void {
      history = [];
      version += 1;
      compacted = version;
    },
    /** Continue tokens handed out so far are answered with 410. */
    expireTokens(): void {
      snapshots.clear();
    },
    list(limit: number, token: string | null): Listed {
      const [id = '', from = '0'] = token?.split(':') ?? [String(version), '0'];
      if (token === null) snapshots.set(id, [...objects.values()]);
      const all = snapshots.get(id);
      if (!all)
        return {
          status: 410,
          body: { kind: 'Status', code: 410, reason: 'Expired', message: 'The provided continue parameter is too old' },
        };
      const end = Number(from) + (limit > 0 ? limit : all.length);
      const metadata = { resourceVersion: id, ...(end < all.length ? { continue: `${id}:${end}` } : {}) };
      // Items of a list carry no kind.
      const items = all.slice(Number(from), end).map(({ kind: _, apiVersion: __, ...rest }) => rest);
      return { status: 200, body: { kind: 'PodList', apiVersion: 'v1', metadata, items } };
    },
    /** Sends what happened after `since`, then what happens. */
    watch(since: number, send: (line: string) => void): () => void {
      if (since < compacted) {
        const object = { kind: 'Status', code: 410, reason: 'Expired', message: `too old resource version: ${since}` };
        send(`${JSON.stringify({ type: 'ERROR', object })}\n`);
        return () => undefined;
      }
      for (const { version: at, type, object } of history) if (at > since) send(`${JSON.stringify({ type, object })}\n`);
      watchers.add(send);
      return () => watchers.delete(send);
    },
  };
}

export type Objects = ReturnType<typeof createObjects>;

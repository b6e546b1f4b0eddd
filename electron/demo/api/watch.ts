import type { ServerResponse } from 'node:http';
import { type JsonObject, namespaceOf } from '../json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import { askedVersion, selectorOf } from './reads.ts';
import { ApiError } from './status.ts';
import type { Change, Store } from './store.ts';

export interface WatchRequest {
  store: Store;
  kind: Kind;
  namespace: string | null;
  query: URLSearchParams;
  /** Milliseconds between bookmarks. */
  bookmarkEvery: number;
}

/** Streams the changes of one kind until the client leaves or `timeoutSeconds` is over. */
export function watch(request: WatchRequest, response: ServerResponse): void {
  const { store, kind, namespace, query } = request;
  const selects = selectorOf(kind, query);
  const asked = askedVersion(query);
  const bookmarks = query.get('allowWatchBookmarks') === 'true' || query.get('allowWatchBookmarks') === '1';
  const initial = asked === null || asked === 0 || query.get('sendInitialEvents') === 'true';
  let last = initial ? store.version() : (asked ?? 0);

  response.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
  const send = (type: string, object: JsonObject): void => {
    response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const visible = (object: JsonObject | null): boolean =>
    object !== null && (namespace === null || namespaceOf(object) === namespace) && selects(object);
  const tell = (change: Change): void => {
    if (change.kind !== kind || change.version <= last) return;
    last = change.version;
    const before = visible(change.before);
    const after = change.type !== 'DELETED' && visible(change.object);
    if (!before && !after) return;
    send(after ? (before ? 'MODIFIED' : 'ADDED') : 'DELETED', change.object);
  };
  let marked = last;
  const bookmark = (): void => {
    // The real server stays silent too when nothing happened since the last mark.
    if (store.version() <= marked && !initial) return;
    last = Math.max(last, store.version());
    marked = last;
    const annotations = initial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    send('BOOKMARK', {
      kind: kind.kind,
      apiVersion: apiVersionOf(kind),
      metadata: { resourceVersion: String(last), ...annotations },
    });
  };

  try {
    if (initial) for (const object of store.list(kind, namespace)) if (selects(object)) send('ADDED', object);
    if (!initial) for (const change of store.since(kind, last)) tell(change);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    send('ERROR', error.body);
    response.end();
    return;
  }
  if (bookmarks && query.get('sendInitialEvents') === 'true') bookmark();
  response.flushHeaders();

  const seconds = Number(query.get('timeoutSeconds') ?? '1800') || 1800;
  const stop = store.subscribe(tell);
  const ticking = setInterval(() => bookmarks && bookmark(), request.bookmarkEvery);
  const ending = setTimeout(() => {
    if (bookmarks) bookmark();
    response.end();
  }, seconds * 1000);
  const close = (): void => {
    stop();
    clearInterval(ticking);
    clearTimeout(ending);
  };
  response.once('close', close);
  response.once('finish', close);
}

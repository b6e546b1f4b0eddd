import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../json.ts';
import { metadataOf } from '../json.ts';
import { isWithin, keyOf } from './collection.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import { type WatchOptions, watchOptions } from './list-options.ts';
import { selectorOf } from './reads.ts';
import { ApiError, tooLargeVersion } from './status.ts';
import type { Change, ChangeType, Store } from './store.ts';

export interface WatchRequest {
  store: Store;
  kind: Kind;
  namespace: string | null;
  query: URLSearchParams;
  /** Milliseconds between bookmarks. */
  bookmarkEvery: number;
  /** What stands for an object in the stream; null: the object itself. */
  show: ((object: JsonObject) => JsonObject) | null;
}

/** Bytes that a client may be behind; then its watch ends, as on a real server, whose channels are full by then. */
const BEHIND = 8 << 20;

/** Streams the changes of one kind until the client leaves, falls too far behind, or `timeoutSeconds` is over. */
export function watch(request: WatchRequest, response: ServerResponse): void {
  const { store, kind, namespace, query, show } = request;
  const options = watchOptions(query);
  const selects = selectorOf(kind, query);
  const initial = options.initialEvents ?? (options.version === null || options.version === 0);
  let last = initial ? store.version() : (options.version ?? 0);
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.flushHeaders();

  let allowance = BEHIND;
  const write = (frame: string | Buffer): void => {
    response.write(frame);
    if (response.writableLength > allowance) response.end();
  };
  const send = (type: string, object: JsonObject): void => write(frameText(type, JSON.stringify(show?.(object) ?? object)));
  const tell = (change: Change): void => {
    if (change.kind !== kind || change.version <= last) return;
    last = change.version;
    if (!isWithin(keyOf(change.object), namespace)) return;
    const before = change.before !== null && selects(change.before);
    const after = change.type !== 'DELETED' && selects(change.object);
    if (!before && !after) return;
    const type = after ? (before ? 'MODIFIED' : 'ADDED') : 'DELETED';
    const leaves = type === 'DELETED' && change.type !== 'DELETED';
    if (show === null && !leaves) write(frameOf(change, type));
    else send(type, leaves ? left(change) : change.object);
  };
  const bookmark = (annotations: JsonObject | null): void => {
    last = Math.max(last, store.version());
    send('BOOKMARK', bookmarkOf(kind, last, annotations));
  };

  try {
    begin();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    write(frameText('ERROR', JSON.stringify(error.body)));
    response.end();
    return;
  }

  function begin(): void {
    if (options.initialEvents === true && (options.version ?? 0) > store.version()) {
      throw tooLargeVersion(options.version ?? 0, store.version());
    }
    if (!initial) {
      for (const change of store.since(kind, last)) tell(change);
      return;
    }
    allowance = Number.POSITIVE_INFINITY;
    for (const object of store.list(kind, namespace)) if (selects(object)) send('ADDED', object);
    allowance = BEHIND + response.writableLength;
    if (options.bookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  goOn(request, options, response, initial ? last : (options.version ?? 0), tell, bookmark);
}

/** Follows the store, with a bookmark now and then, until the response ends. `known` is the version the client has. */
function goOn(
  { store, bookmarkEvery }: WatchRequest,
  { bookmarks, seconds }: WatchOptions,
  response: ServerResponse,
  known: number,
  tell: (change: Change) => void,
  bookmark: (annotations: null) => void,
): void {
  let marked = known;
  const mark = (): void => {
    // The real server stays silent too when nothing happened since the last mark.
    if (!bookmarks || store.version() <= marked) return;
    marked = store.version();
    bookmark(null);
  };
  const stop = store.subscribe((change) => {
    if (!response.writableEnded) tell(change);
  });
  const ticking = setInterval(mark, bookmarkEvery);
  const ending = setTimeout(() => {
    mark();
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

const frameText = (type: string, text: string): string => `{"type":"${type}","object":${text}}\n`;

let latest: { change: Change; type: ChangeType; frame: Buffer } | null = null;

/** The bytes of a change. All watchers hear of a change one after the other, so the latest is all there is to remember. */
function frameOf(change: Change, type: ChangeType): Buffer {
  if (latest?.change !== change || latest.type !== type) {
    latest = { change, type, frame: Buffer.from(frameText(type, change.text)) };
  }
  return latest.frame;
}

/** What is told of an object that leaves the selection: as it was, with the version of the change. */
function left({ before, object }: Change): JsonObject {
  const resourceVersion = metadataOf(object).resourceVersion ?? '';
  return { ...before, metadata: { ...metadataOf(before ?? object), resourceVersion } };
}

function bookmarkOf(kind: Kind, version: number, annotations: JsonObject | null): JsonObject {
  const metadata = { resourceVersion: String(version), ...(annotations === null ? {} : { annotations }) };
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata };
}

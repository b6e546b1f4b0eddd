import { type Failure, FailureError } from '../../shared/failure.ts';
import type { ApiObject, Resource } from './resource.ts';

/** One page of a list. `continueToken` is null on the last. */
export interface ListPage {
  items: ApiObject[];
  version: string;
  continueToken: string | null;
}

/** One line of a watch. */
export type WatchEvent =
  | { type: 'changed' | 'deleted'; object: ApiObject }
  | { type: 'bookmark'; version: string }
  | { type: 'error'; failure: Failure };

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What came is never quoted: it may be a Secret. */
function unreadable(what: string): FailureError {
  return new FailureError({ code: 'server-error', status: 200, message: `The server sent ${what} that cannot be read.` });
}

/** Checks what the cache relies on, and drops `managedFields`: often half of an object, and shown nowhere. */
function objectOf(value: unknown, what: string): ApiObject {
  const metadata = fields(fields(value).metadata);
  if (text(metadata.uid) === null || text(metadata.name) === null || text(metadata.resourceVersion) === null)
    throw unreadable(what);
  delete metadata.managedFields;
  return value as ApiObject;
}

/**
 * Reads one page of a list. Items of a list name neither their kind nor their version: both are written into them, so that
 * listed and watched objects look the same. Throws `FailureError` (`server-error`, status 200) on anything else.
 */
export function readPage(body: unknown): ListPage {
  const list = fields(body);
  const metadata = fields(list.metadata);
  const version = text(metadata.resourceVersion);
  const { items } = list;
  // Go writes an empty list as null at times.
  if (version === null || !(Array.isArray(items) || items === null)) throw unreadable('a list');
  const kind = text(list.kind)?.replace(/List$/, '');
  const apiVersion = text(list.apiVersion);
  const objects = (items ?? []).map((item: unknown) => {
    const object = objectOf(item, 'an object');
    if (kind) object.kind ??= kind;
    if (apiVersion) object.apiVersion ??= apiVersion;
    return object;
  });
  return { items: objects, version, continueToken: text(metadata.continue) };
}

/**
 * Reads one line of a watch. `server` (`https://host:port`) and `resource` are for the words of a refusal.
 * Throws `FailureError` (`server-error`, status 200) on anything that is no event.
 */
export function readEvent(line: string, server: string, resource: Resource): WatchEvent {
  let event: Fields;
  try {
    event = fields(JSON.parse(line));
  } catch {
    throw unreadable('an event');
  }
  switch (event.type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'changed', object: objectOf(event.object, 'an event') };
    case 'DELETED':
      return { type: 'deleted', object: objectOf(event.object, 'an event') };
    case 'BOOKMARK': {
      const version = text(fields(fields(event.object).metadata).resourceVersion);
      if (version === null) throw unreadable('an event');
      return { type: 'bookmark', version };
    }
    case 'ERROR':
      return { type: 'error', failure: statusFailure(event.object, server, resource) };
    default:
      throw unreadable('an event');
  }
}

/** The failure a `Status` inside an ERROR event means. */
function statusFailure(value: unknown, server: string, resource: Resource): Failure {
  const status = fields(value);
  const code = typeof status.code === 'number' ? status.code : 500;
  const message = text(status.message) ?? text(status.reason) ?? `status ${code}`;
  if (code === 401) return { code: 'unauthorised', server, message };
  if (code === 403) {
    const { plural, group, namespace } = resource;
    return { code: 'forbidden', verb: 'watch', resource: plural, group, namespace, user: null, message };
  }
  if (code === 429) {
    const seconds = fields(status.details).retryAfterSeconds;
    return { code: 'too-many-requests', retryAfterSeconds: typeof seconds === 'number' ? seconds : null };
  }
  return { code: 'server-error', status: code, message };
}

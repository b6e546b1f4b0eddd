import { type JsonObject, metadataOf, numberOf, objectOf, parseJson, textOf } from '../json.ts';
import { isWithin } from './collection.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import { type ListOptions, listOptions } from './list-options.ts';
import { fieldSelector, labelSelector, type Selector } from './selectors.ts';
import { ApiError, badRequest, tooLargeVersion } from './status.ts';
import type { Entry, Store } from './store.ts';

/** The two selectors of a query as one test. */
export function selectorOf(kind: Kind, query: URLSearchParams): Selector {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(kind, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
}

/** One page of a list. */
export interface Page {
  kind: Kind;
  /** The list's own metadata: version, continue token, how many are left. */
  metadata: JsonObject;
  objects: JsonObject[];
}

/** One page of a list. A later page shows the state of the first one; once that is forgotten, 410 with a fresh token. */
export function list(store: Store, kind: Kind, namespace: string | null, query: URLSearchParams): Page {
  const options = listOptions(query);
  if ((options.version ?? 0) > store.version()) throw tooLargeVersion(options.version ?? 0, store.version());
  const selects = selectorOf(kind, query);
  const { entries, version } = stateOf(store, kind, namespace, options);
  const selective = Boolean(query.get('labelSelector') || query.get('fieldSelector'));
  const objects: JsonObject[] = [];
  let last: Entry | undefined;
  for (const [index, entry] of entries.entries()) {
    if (!selects(entry.object)) continue;
    if (options.limit > 0 && objects.length === options.limit && last !== undefined) {
      const left = selective ? {} : { remainingItemCount: entries.length - index };
      const token = continueText(kind, namespace, version, last.key);
      return { kind, metadata: { resourceVersion: String(version), continue: token, ...left }, objects };
    }
    objects.push(entry.object);
    last = entry;
  }
  return { kind, metadata: { resourceVersion: String(version) }, objects };
}

/** A page as the object that the API answers with. */
export function listObject({ kind, metadata, objects }: Page): JsonObject {
  return { ...listHead(kind), metadata, items: kind.custom ? objects : objects.map(withoutKind) };
}

export const listHead = (kind: Kind): JsonObject => ({ kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind) });

/** Items of built-in kinds do not say what they are. */
export function withoutKind({ kind: _, apiVersion: _version, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** The objects a page begins with, and the version they are of. */
function stateOf(
  store: Store,
  kind: Kind,
  namespace: string | null,
  options: ListOptions,
): { entries: Entry[]; version: number } {
  if (options.continue !== '') {
    const { start, version } = parseContinue(kind, namespace, options.continue);
    // A token that a 410 gave out reads on from what is there now.
    const wanted = version === -1 ? store.version() : version;
    return {
      entries: orExpired(
        () => store.entries(kind, namespace, start, wanted),
        () => tooOld(kind, namespace, start),
      ),
      version: wanted,
    };
  }
  // With a limit a version is taken at its word unless told otherwise, without it is a lower bound.
  const exact = options.match === 'Exact' || (options.match === '' && options.limit > 0 && (options.version ?? 0) > 0);
  const version = exact ? (options.version ?? 0) : store.version();
  const old = () => new ApiError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
  return { entries: orExpired(() => store.entries(kind, namespace, '', version), old), version };
}

function orExpired(read: () => Entry[], refusal: () => ApiError): Entry[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError && error.code === 410) throw refusal();
    throw error;
  }
}

/** Where keys begin in a token: relative to the path of the list, as etcd's keys are. */
function prefixOf(kind: Kind, namespace: string | null): { key: string; token: string } {
  if (!kind.namespaced) return { key: '', token: '' };
  return namespace === null ? { key: '', token: '/' } : { key: namespace, token: '' };
}

function continueText(kind: Kind, namespace: string | null, version: number, last: string): string {
  const prefix = prefixOf(kind, namespace);
  const start = `${prefix.token}${last.slice(prefix.key.length)}\0`;
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start })).toString('base64url');
}

function parseContinue(kind: Kind, namespace: string | null, text: string): { start: string; version: number } {
  let token: JsonObject;
  try {
    token = objectOf(parseJson(Buffer.from(text, 'base64url').toString()));
  } catch {
    const found = Buffer.from(text, 'base64url').toString('latin1').slice(0, 1);
    const why = `invalid character '${found}' looking for beginning of value`;
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`);
  }
  const prefix = prefixOf(kind, namespace);
  const start = prefix.key + textOf(token.start).slice(prefix.token.length);
  if (!isWithin(start, namespace)) throw badRequest('invalid continue token: continue key is not valid');
  return { start, version: numberOf(token.rv, 0) };
}

function tooOld(kind: Kind, namespace: string | null, start: string): ApiError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the ' +
    'continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with ' +
    'the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the ' +
    'first chunk was returned and now may show up in the list.';
  const error = new ApiError(410, 'Expired', message);
  const fresh = continueText(kind, namespace, -1, start.replace(/\0$/, ''));
  error.body.metadata = { ...metadataOf(error.body), continue: fresh };
  return error;
}

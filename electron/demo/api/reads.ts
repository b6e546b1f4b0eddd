import { type JsonObject, metadataOf, nameOf, namespaceOf, numberOf, objectOf, parseJson, textOf } from '../json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import { fieldSelector, labelSelector, type Selector } from './selectors.ts';
import { ApiError, badRequest } from './status.ts';
import type { Store } from './store.ts';

/** The two selectors of a query as one test. */
export function selectorOf(kind: Kind, query: URLSearchParams): Selector {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(kind, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
}

/** The version a query asks for, or null when it names none. Throws 500 as the server does on what is no number. */
export function askedVersion(query: URLSearchParams): number | null {
  const text = query.get('resourceVersion');
  if (text === null || text === '') return null;
  if (/^\d+$/.test(text)) return Number(text);
  const why = `strconv.ParseUint: parsing "${text}": invalid syntax`;
  throw new ApiError(500, null, `resourceVersion: Invalid value: "${text}": ${why}`);
}

interface Continue {
  version: number;
  start: string;
}

const continueText = (token: Continue): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: token.version, start: token.start })).toString('base64url');

function parseContinue(text: string): Continue {
  try {
    const token = objectOf(parseJson(Buffer.from(text, 'base64url').toString()));
    return { version: numberOf(token.rv, 0), start: textOf(token.start) };
  } catch {
    throw badRequest('invalid continue token: continue key is not valid: invalid character looking for beginning of value');
  }
}

const keyOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}\0`;

/** One page of a list. A later page shows the state of the first one; once that is compacted, 410 with a fresh token. */
export function list(store: Store, kind: Kind, namespace: string | null, query: URLSearchParams): JsonObject {
  const asked = askedVersion(query);
  if (asked !== null && asked > store.version()) throw tooLarge(asked, store.version());
  const limit = Number(query.get('limit') ?? '0');
  const token = query.get('continue');
  const from = token === null || token === '' ? null : parseContinue(token);
  const version = from === null || from.version === -1 ? store.version() : from.version;
  const objects = from === null || from.version === -1 ? store.list(kind, namespace) : snapshot(store, kind, namespace, from);
  const matching = objects.filter(selectorOf(kind, query)).filter((object) => from === null || keyOf(object) >= from.start);
  const page = limit > 0 ? matching.slice(0, limit) : matching;
  const next = matching[page.length];
  const selective = query.get('labelSelector') || query.get('fieldSelector');
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(version),
      ...(next === undefined ? {} : { continue: continueText({ version, start: keyOf(next) }) }),
      ...(next === undefined || selective ? {} : { remainingItemCount: matching.length - page.length }),
    },
    items: kind.custom ? page : page.map(({ kind: _, apiVersion: _version, ...rest }) => rest),
  };
}

function snapshot(store: Store, kind: Kind, namespace: string | null, from: Continue): JsonObject[] {
  try {
    return store.listAt(kind, namespace, from.version);
  } catch {
    const message =
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the ' +
      'continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with ' +
      'the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the ' +
      'first chunk was returned and now may show up in the list.';
    const error = new ApiError(410, 'Expired', message);
    error.body.metadata = { ...metadataOf(error.body), continue: continueText({ version: -1, start: from.start }) };
    throw error;
  }
}

function tooLarge(asked: number, current: number): ApiError {
  const details = {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  };
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new ApiError(504, 'Timeout', message, details, { 'Retry-After': '1' });
}

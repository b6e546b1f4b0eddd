import { ApiError, badRequest, type Cause, invalidOptions } from './status.ts';

export type VersionMatch = 'Exact' | 'NotOlderThan' | '';

/** What a list asks for besides selectors. */
export interface ListOptions {
  /** Null when none is named. */
  version: number | null;
  match: VersionMatch;
  /** 0: no limit. */
  limit: number;
  /** The token of the page before, empty for the first. */
  continue: string;
}

/** What a watch asks for besides selectors. */
export interface WatchOptions {
  /** Null when none is named. */
  version: number | null;
  bookmarks: boolean;
  /** Null when the query does not say. */
  initialEvents: boolean | null;
  seconds: number;
}

/** Half an hour to an hour on a real cluster, at random. */
const DEFAULT_SECONDS = 1800;

/** True for what Go's query decoding takes for true: anything but an empty word, `0` and `false`. */
export const isTrue = (text: string | null): boolean => text !== null && !/^(|0|f|false)$/i.test(text);

/** Reads a query as `ListOptions`; throws 400 or 422 in the words of apimachinery's ValidateListOptions. */
export function listOptions(query: URLSearchParams): ListOptions {
  const version = query.get('resourceVersion') ?? '';
  const token = query.get('continue') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  const limit = query.get('limit') ?? '0';
  if (!/^-?\d+$/.test(limit)) throw badRequest(`strconv.ParseInt: parsing "${limit}": invalid syntax`);
  refuse([
    ...(query.has('sendInitialEvents') ? [forbidden('sendInitialEvents', 'is forbidden for list')] : []),
    ...matchCauses(query),
  ]);
  if (token !== '' && version !== '' && version !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  if (version !== '' && !/^\d+$/.test(version)) throw badRequest(`invalid resource version: ${unreadable(version)}`);
  return {
    version: version === '' ? null : Number(version),
    match: match === 'Exact' || match === 'NotOlderThan' ? match : '',
    // Version 0 means "whatever the cache has", all of it.
    limit: version === '0' ? 0 : Math.max(0, Number(limit)),
    continue: token,
  };
}

function matchCauses(query: URLSearchParams): Cause[] {
  const match = query.get('resourceVersionMatch') ?? '';
  if (match === '') return [];
  const version = query.get('resourceVersion') ?? '';
  const causes: Cause[] = [];
  if (version === '') causes.push(forbidden('resourceVersionMatch', 'is forbidden unless resourceVersion is provided'));
  if (query.get('continue')) causes.push(forbidden('resourceVersionMatch', 'is forbidden when continue is provided'));
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    causes.push(unsupported('resourceVersionMatch', match, '"Exact", "NotOlderThan", ""'));
  } else if (match === 'Exact' && version === '0') {
    causes.push(forbidden('resourceVersionMatch', '"exact" is forbidden for resourceVersion "0"'));
  }
  return causes;
}

/** Reads a query as the options of a watch; throws 422, or 500 as the server does on a version that is no number. */
export function watchOptions(query: URLSearchParams): WatchOptions {
  const match = query.get('resourceVersionMatch') ?? '';
  const initial = query.has('sendInitialEvents');
  const causes: Cause[] = [];
  if (!initial && match !== '') {
    causes.push(forbidden('resourceVersionMatch', 'is forbidden for watch unless sendInitialEvents is provided'));
  }
  if (query.get('continue')) causes.push(forbidden('resourceVersionMatch', 'is forbidden when continue is provided'));
  if (initial && match === '') {
    causes.push({
      reason: 'FieldValueForbidden',
      message: 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      field: 'resourceVersionMatch',
    });
  }
  if (match !== '' && match !== 'NotOlderThan') causes.push(unsupported('resourceVersionMatch', match, '"NotOlderThan"'));
  refuse(causes);
  const version = query.get('resourceVersion') ?? '';
  if (version !== '' && !/^\d+$/.test(version)) throw new ApiError(500, null, unreadable(version));
  return {
    version: version === '' ? null : Number(version),
    bookmarks: isTrue(query.get('allowWatchBookmarks')),
    initialEvents: initial ? isTrue(query.get('sendInitialEvents')) : null,
    seconds: Number(query.get('timeoutSeconds')) || DEFAULT_SECONDS,
  };
}

const unreadable = (version: string): string =>
  `resourceVersion: Invalid value: "${version}": strconv.ParseUint: parsing "${version}": invalid syntax`;

const forbidden = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${field} ${why}`,
  field,
});

const unsupported = (field: string, value: string, supported: string): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: "${value}": supported values: ${supported}`,
  field,
});

function refuse(causes: Cause[]): void {
  if (causes.length > 0) throw invalidOptions('ListOptions', ...causes);
}

import { badRequest } from '../api/status.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Break, breaks, type Fault, type Harm, type Match } from './fault.ts';

/** Reads the body of `POST /control/faults`. Throws 400 that names what is wrong. */
export function parseFault(body: JsonObject): Fault {
  const harm = parseHarm(body);
  onlyKnown(body, '', ['match', 'nth', 'times', ...fields[harm.kind]]);
  const nth = natural(body, 'nth');
  const times = body.times === 'always' ? 'always' : natural(body, 'times');
  return {
    ...harm,
    match: parseMatch(body.match),
    ...(nth === undefined ? {} : { nth }),
    ...(times === undefined ? {} : { times }),
  };
}

/** Reads `match`; all requests when it is absent. */
export function parseMatch(value: Json | undefined): Match {
  if (value === undefined) return {};
  if (!isObject(value)) throw badRequest('match must be an object with method and path');
  onlyKnown(value, 'match.', ['method', 'path']);
  const { method, path } = value;
  if (method !== undefined && typeof method !== 'string') throw badRequest('match.method must be text');
  if (path !== undefined && typeof path !== 'string') throw badRequest('match.path must be text');
  try {
    new RegExp(path ?? '');
  } catch (error) {
    throw badRequest(`match.path is no regular expression: ${error instanceof Error ? error.message : path}`);
  }
  return { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) };
}

/** Reads how open exchanges are to be struck. */
export function parseBreak(value: Json | undefined): Break {
  const found = breaks.find((word) => word === value);
  if (found === undefined) throw badRequest(`kind must be one of ${breaks.join(', ')}`);
  return found;
}

const fields: Record<Harm['kind'], string[]> = {
  reset: ['kind', 'delayMs'],
  end: ['kind', 'delayMs'],
  blackhole: ['kind', 'delayMs'],
  'half-close': ['kind', 'delayMs'],
  status: ['kind', 'status', 'retryAfter', 'body', 'delayMs'],
  slow: ['kind', 'slowBytes', 'delayMs'],
};

function parseHarm(body: JsonObject): Harm {
  const wait = natural(body, 'delayMs');
  const delay = wait === undefined ? {} : { delayMs: wait };
  if (body.kind === 'status') {
    const status = natural(body, 'status');
    if (status === undefined || status < 400 || status > 599) throw badRequest('status must be a number from 400 to 599');
    const retryAfter = natural(body, 'retryAfter');
    if (body.body !== undefined && !isObject(body.body)) throw badRequest('body must be an object');
    const answer = body.body === undefined ? {} : { body: body.body };
    return { kind: 'status', status, ...(retryAfter === undefined ? {} : { retryAfter }), ...answer, ...delay };
  }
  if (body.kind === 'slow') {
    const slowBytes = natural(body, 'slowBytes');
    if (slowBytes !== undefined) return { kind: 'slow', slowBytes, ...delay };
    if (wait === undefined) throw badRequest('slow needs delayMs or slowBytes');
    return { kind: 'slow', delayMs: wait };
  }
  const how = breaks.find((word) => word === body.kind);
  if (how === undefined) throw badRequest(`kind must be one of ${[...breaks, 'status', 'slow'].join(', ')}`);
  return { kind: how, ...delay };
}

function natural(body: JsonObject, key: string): number | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw badRequest(`${key} must be a whole number above 0`);
}

function onlyKnown(body: JsonObject, prefix: string, known: string[]): void {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw badRequest(`unknown field ${prefix}${unknown}`);
}

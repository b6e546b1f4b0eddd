import { badRequest } from '../api/status.ts';
import type { Store } from '../api/store.ts';
import { isObject, type Json, type JsonObject, objectOf, parseJson, textOf } from '../json.ts';
import type { Scenarios } from '../scenarios/index.ts';
import type { FaultGate } from './faults.ts';

/** Paths that steer the demo cluster itself, for tests in another process; administrators only. */
export const CONTROL = '/control/';

const kinds = ['reset', 'end', 'blackhole', 'status', 'slow'] as const;

function oneOf<Word extends string>(words: readonly Word[], value: Json | undefined): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw badRequest(`kind must be one of ${words.join(', ')}`);
  return found;
}

function matchOf(value: Json | undefined): { method?: string; path?: string } {
  const { method, path } = objectOf(value);
  return { ...(typeof method === 'string' ? { method } : {}), ...(typeof path === 'string' ? { path } : {}) };
}

const numbers = ['nth', 'status', 'retryAfter', 'delayMs', 'slowBytes'] as const;

/** What control requests act on. */
export interface Controlled {
  store: Store;
  faults: FaultGate;
  scenarios: Scenarios;
}

/** POST faults, DELETE faults, POST strike (open exchanges), POST compact, and what the scenarios answer. */
export async function control(controlled: Controlled, method: string, path: string, text: string): Promise<JsonObject> {
  const { store, faults, scenarios } = controlled;
  const body = text === '' ? {} : objectOf(parseJson(text));
  const played = scenarios.control(method, path.slice(CONTROL.length), body);
  if (played !== null) return played;
  const what = `${method} ${path.slice(CONTROL.length)}`;
  if (what === 'POST faults') {
    const given: Partial<Record<(typeof numbers)[number], number>> = {};
    for (const key of numbers) {
      const value = body[key];
      if (typeof value === 'number') given[key] = value;
    }
    const answer = isObject(body.body) ? { body: body.body } : {};
    faults.add({ match: matchOf(body.match), kind: oneOf(kinds, body.kind), ...given, ...answer });
    return { added: true };
  }
  if (what === 'DELETE faults') {
    faults.clear();
    return { cleared: true };
  }
  if (what === 'POST strike') {
    return { struck: faults.now(matchOf(body.match), oneOf(['reset', 'end', 'blackhole'], body.kind)) };
  }
  if (what === 'POST compact') {
    store.compact();
    return { version: String(store.version()) };
  }
  throw badRequest(`unknown control ${textOf(what)}`);
}

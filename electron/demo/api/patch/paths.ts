import { isObject, type Json, type JsonObject, listOf, objectOf, own, parseJson, same } from '../../json.ts';
import type { Schema } from '../schema.ts';

/**
 * A field, as the keys under which `managedFields` has it: `f:spec`, `k:{"name":"x"}` for the item of a list with keys,
 * `v:"word"` for the item of a set, and at last `.` for the being there of an item.
 */
export type FieldPath = string[];

export const PRESENCE = '.';

const defaults: Record<string, Json> = { protocol: 'TCP' };
/** A key that is left out stands for its default; where there is none, for the empty word that validation will refuse. */
const keyValue = (item: JsonObject, key: string): Json => item[key] ?? defaults[key] ?? '';

/** The token of an item in a list with keys or in a set. */
export function itemToken(list: Schema, item: Json): string {
  if (list['x-kubernetes-list-type'] === 'set' || !isObject(item)) return `v:${JSON.stringify(item)}`;
  const keys = (list['x-kubernetes-list-map-keys'] ?? []).toSorted();
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, keyValue(item, key)])))}`;
}

/** Where in `list` the item of a token is; -1 when it is not there. */
function indexOf(list: Json[], token: string): number {
  const wanted = parseJson(token.slice(2));
  if (token.startsWith('v:')) return list.findIndex((item) => same(item, wanted));
  const keys = Object.entries(objectOf(wanted));
  return list.findIndex((item) => isObject(item) && keys.every(([key, value]) => same(keyValue(item, key), value)));
}

/** What is found there, or undefined; `true` for the presence of an item. */
export function valueAt(object: Json | undefined, path: FieldPath): Json | undefined {
  let here = object;
  for (const token of path) {
    if (here === undefined) return undefined;
    if (token === PRESENCE) return true;
    if (token.startsWith('f:')) here = own(here, token.slice(2));
    else here = Array.isArray(here) ? here[indexOf(here, token)] : undefined;
  }
  return here;
}

/** Writes `value` there, with the maps and lists on the way. */
export function assign(object: JsonObject, path: FieldPath, value: Json): void {
  let here: Json = object;
  for (const [index, token] of path.entries()) {
    const next = path[index + 1];
    if (token === PRESENCE) return;
    const last = next === undefined;
    if (token.startsWith('f:')) {
      if (!isObject(here)) return;
      const key = token.slice(2);
      if (last) here[key] = structuredClone(value);
      else here[key] = next.startsWith('f:') ? objectOf(own(here, key)) : listOf(own(here, key));
      here = here[key] ?? null;
    } else {
      if (!Array.isArray(here)) return;
      const found = indexOf(here, token);
      const fresh: Json = last ? structuredClone(value) : { ...objectOf(parseJson(token.slice(2))) };
      if (found === -1) here.push(fresh);
      else if (last) here[found] = fresh;
      here = here[found === -1 ? here.length - 1 : found] ?? null;
    }
  }
}

/** Removes a field, and the maps and lists that are left empty by it. */
export function erase(object: JsonObject, path: FieldPath): void {
  const place = path.at(-1) === PRESENCE ? path.slice(0, -1) : path;
  const above = place.slice(0, -1);
  const last = place.at(-1);
  const parent = valueAt(object, above);
  if (last === undefined) return;
  if (isObject(parent)) delete parent[last.slice(2)];
  if (Array.isArray(parent)) {
    const index = indexOf(parent, last);
    if (index !== -1) parent.splice(index, 1);
  }
  const empty = (isObject(parent) && Object.keys(parent).length === 0) || (Array.isArray(parent) && parent.length === 0);
  if (above.length > 0 && empty) erase(object, above);
}

export const startsWith = (path: FieldPath, start: FieldPath): boolean =>
  start.length <= path.length && start.every((token, index) => token === path[index]);

/** Whether one holds the other: both speak of the same values. */
export const overlaps = (one: FieldPath, other: FieldPath): boolean => startsWith(one, other) || startsWith(other, one);

/** `.spec.containers[name="x"].image`, as the server names fields in conflicts. */
export const pathText = (path: FieldPath): string =>
  path
    .map((token) => {
      if (token.startsWith('f:')) return `.${token.slice(2)}`;
      if (token.startsWith('v:')) return `[=${token.slice(2)}]`;
      if (token === PRESENCE) return '';
      const keys = Object.entries(objectOf(parseJson(token.slice(2))));
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');

/** The server's order: at each level the plain fields first, then what is inside of others. */
export function byPath(one: FieldPath, other: FieldPath): number {
  const index = one.findIndex((token, place) => token !== other[place]);
  const [mine = '', its = ''] = [one[index], other[index]];
  const depth = Number(one.length > index + 1) - Number(other.length > index + 1);
  if (depth !== 0) return depth;
  return mine < its ? -1 : 1;
}

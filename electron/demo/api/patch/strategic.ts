import { isObject, type Json, type JsonObject, listOf, same, textOf } from '../../json.ts';
import { fieldSchema, type Schema } from '../schema.ts';
import { ApiError } from '../status.ts';

const DELETE_WORDS = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/**
 * Strategic merge patch: a merge patch in which lists merge by the key or as the set that `schema` names, with the directives
 * `$patch` (delete, replace, merge), `$retainKeys`, `$deleteFromPrimitiveList` and `$setElementOrder`.
 * Throws 500 in the server's words on a directive it does not know and on an item without its key.
 */
export function strategicMerge(target: JsonObject, patch: JsonObject, schema: Schema | undefined): JsonObject {
  const { $patch: directive, $retainKeys: retain, ...changes } = patch;
  if (directive === 'replace') return changes;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') {
    throw new ApiError(500, null, `unknown patch type: ${textOf(directive)} in map: ${mapText(patch)}`);
  }
  const result: JsonObject = { ...target };
  if (retain !== undefined) for (const key of Object.keys(result)) if (!listOf(retain).includes(key)) delete result[key];
  for (const [key, change] of Object.entries(changes)) {
    if (key.startsWith(ORDER)) continue;
    if (key.startsWith(DELETE_WORDS)) {
      const name = key.slice(DELETE_WORDS.length);
      result[name] = listOf(result[name]).filter((word) => !listOf(change).some((gone) => same(gone, word)));
      continue;
    }
    const known = fieldSchema(schema, key);
    const live = result[key];
    if (change === null) delete result[key];
    else if (isObject(change)) result[key] = strategicMerge(isObject(live) ? live : {}, change, known);
    else if (Array.isArray(change) && known?.['x-kubernetes-patch-strategy'] === 'merge') {
      result[key] = inOrder(mergeLists(listOf(live), change, known), changes[ORDER + key], known);
    } else result[key] = change;
  }
  return result;
}

function keyOf(list: Schema, item: Json): Json {
  const key = list['x-kubernetes-patch-merge-key'];
  if (key === undefined) return item;
  const value = isObject(item) ? item[key] : undefined;
  if (value !== undefined) return value;
  throw new ApiError(
    500,
    null,
    `map: ${isObject(item) ? mapText(item) : String(item)} does not contain declared merge key: ${key}`,
  );
}

/** The patch's items stand in its order; what only the server has keeps its place before the next item both have. */
function mergeLists(live: Json[], change: Json[], list: Schema): Json[] {
  const directives = change.filter(isObject).filter((item) => '$patch' in item);
  if (directives.some((item) => item.$patch === 'replace'))
    return change.filter((item) => !isObject(item) || !('$patch' in item));
  const place = (item: Json): number => live.findIndex((other) => same(keyOf(list, other), keyOf(list, item)));
  const gone = new Set(directives.filter((item) => item.$patch === 'delete').map(place));
  const wanted = change.filter((item) => !isObject(item) || item.$patch !== 'delete');
  const patched = new Set(wanted.map(place));
  const rest = live.map((_, index) => index).filter((index) => !gone.has(index) && !patched.has(index));
  const result: Json[] = [];
  for (const item of wanted) {
    const index = place(item);
    while (rest[0] !== undefined && rest[0] < index) result.push(live[rest.shift() ?? 0] ?? null);
    const before = live[index];
    result.push(isObject(item) ? strategicMerge(isObject(before) ? before : {}, item, list.items) : item);
  }
  return [...result, ...rest.map((index) => live[index] ?? null)];
}

/** Items in the order the patch asks for; those it does not name go last. */
function inOrder(items: Json[], order: Json | undefined, list: Schema): Json[] {
  if (order === undefined) return items;
  const keys = listOf(order).map((item) => keyOf(list, item));
  const rank = (item: Json): number => {
    const index = keys.findIndex((key) => same(key, keyOf(list, item)));
    return index === -1 ? keys.length : index;
  };
  return items.toSorted((one, other) => rank(one) - rank(other));
}

/** A map as Go's %v prints it. */
function mapText(map: JsonObject): string {
  const entries = Object.entries(map).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `map[${entries.map(([key, value]) => `${key}:${isObject(value) ? mapText(value) : String(value)}`).join(' ')}]`;
}

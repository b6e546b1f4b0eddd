import { copy, isObject, type Json, type JsonObject, same } from '../json.ts';
import {
  type FieldPath,
  leavesOf,
  type Manager,
  managersOf,
  pathText,
  sameManager,
  samePath,
  valueAt,
  withManagers,
} from './fields.ts';
import { ApiError } from './status.ts';

/** RFC 7386: null removes, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

interface Clash {
  owner: Manager;
  path: FieldPath;
}

/**
 * Server-side apply: `applied` merged into `live`, fields this manager left out removed, ownership written down.
 * Throws 409 with every field that another manager holds at another value, unless `force`. Lists are replaced whole.
 */
export function applied(live: JsonObject | null, patch: JsonObject, writer: Omit<Manager, 'fields'>, force: boolean): JsonObject {
  const managers = live === null ? [] : managersOf(live);
  const mine: Manager = { ...writer, fields: leavesOf(patch) };
  const previous = managers.find((entry) => sameManager(entry, mine));
  const others = managers.filter((entry) => entry !== previous);

  const clashes = others.flatMap((owner): Clash[] =>
    mine.fields
      .filter(
        (path) => owner.fields.some((held) => overlaps(held, path)) && !same(valueAt(live ?? {}, path), valueAt(patch, path)),
      )
      .map((path) => ({ owner, path })),
  );
  if (clashes.length > 0 && !force) throw applyConflict(clashes);

  const result = copy(live ?? {});
  for (const path of previous?.fields ?? []) {
    const claimed =
      mine.fields.some((field) => overlaps(field, path)) ||
      others.some((entry) => entry.fields.some((field) => samePath(field, path)));
    if (!claimed) erase(result, path);
  }
  for (const path of mine.fields) assign(result, path, valueAt(patch, path) ?? null);
  const lost = (path: FieldPath) => clashes.some((clash) => overlaps(clash.path, path));
  const unchanged = previous !== undefined && live !== null && same(withManagers(live, []), withManagers(result, []));
  return withManagers(result, [
    ...others.map((entry) => ({ ...entry, fields: entry.fields.filter((path) => !lost(path)) })),
    { ...mine, time: unchanged ? previous.time : mine.time },
  ]);
}

function overlaps(one: FieldPath, other: FieldPath): boolean {
  const length = Math.min(one.length, other.length);
  return samePath(one.slice(0, length), other.slice(0, length));
}

function assign(object: JsonObject, path: FieldPath, value: Json): void {
  let here = object;
  for (const key of path.slice(0, -1)) {
    const next = here[key];
    const inner = isObject(next) ? next : {};
    here[key] = inner;
    here = inner;
  }
  const last = path.at(-1);
  if (last !== undefined) here[last] = copy(value);
}

/** Removes a field, and the maps that are left empty by it. */
function erase(object: JsonObject, path: FieldPath): void {
  const above = path.slice(0, -1);
  const parent = valueAt(object, above);
  const last = path.at(-1);
  if (!isObject(parent) || last === undefined) return;
  delete parent[last];
  if (above.length > 0 && Object.keys(parent).length === 0) erase(object, above);
}

function ownerText(owner: Manager): string {
  const subresource = owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`;
  const using = owner.operation === 'Update' ? ` using ${owner.apiVersion} at ${owner.time}` : '';
  return `"${owner.manager}"${subresource}${using}`;
}

function applyConflict(clashes: Clash[]): ApiError {
  const owners = [...new Set(clashes.map((clash) => ownerText(clash.owner)))].sort();
  const [only] = clashes;
  const text =
    clashes.length === 1 && only !== undefined
      ? `1 conflict: conflict with ${ownerText(only.owner)}: ${pathText(only.path)}`
      : `${clashes.length} conflicts: ${owners
          .map((owner) => {
            const paths = clashes.filter((clash) => ownerText(clash.owner) === owner).map((clash) => `- ${pathText(clash.path)}`);
            return [`conflicts with ${owner}:`, ...paths].join('\n');
          })
          .join('\n')}`;
  return new ApiError(409, 'Conflict', `Apply failed with ${text}`, {
    causes: clashes.map((clash) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${ownerText(clash.owner)}`,
      field: pathText(clash.path),
    })),
  });
}

import { copy, type JsonObject, same } from '../../json.ts';
import type { Schema } from '../schema.ts';
import { ApiError } from '../status.ts';
import { leavesOf, type Manager, managersOf, sameManager, withManagers } from './fields.ts';
import { assign, byPath, erase, type FieldPath, overlaps, PRESENCE, pathText, startsWith, valueAt } from './paths.ts';

interface Clash {
  owner: Manager;
  path: FieldPath;
}

/**
 * Server-side apply: `patch` merged into `live`, fields this manager left out removed, ownership written down. Lists with keys and
 * sets are merged item by item as `schema` says, all other lists replaced whole.
 * Throws 409 with every field that another manager holds at another value, unless `force`.
 */
export function applied(
  live: JsonObject | null,
  patch: JsonObject,
  schema: Schema | undefined,
  writer: Omit<Manager, 'fields'>,
  force: boolean,
): JsonObject {
  const managers = live === null ? [] : managersOf(live);
  const mine: Manager = { ...writer, fields: leavesOf(patch, schema) };
  const previous = managers.find((entry) => sameManager(entry, mine));
  const others = managers.filter((entry) => entry !== previous);

  const clashes = live === null ? [] : clashesOf(live, patch, mine, others);
  if (clashes.length > 0 && !force) throw applyConflict(clashes);

  const result = copy(live ?? {});
  const claims = [mine, ...others].flatMap((entry) => entry.fields);
  for (const path of previous?.fields ?? []) if (!claimed(path, claims)) erase(result, path);
  for (const path of mine.fields) assign(result, path, valueAt(patch, path) ?? null);
  const lost = (path: FieldPath) => clashes.some((clash) => overlaps(clash.path, path));
  const unchanged = previous !== undefined && live !== null && same(withManagers(live, []), withManagers(result, []));
  return withManagers(result, [
    ...others.map((entry) => ({ ...entry, fields: entry.fields.filter((path) => !lost(path)) })),
    { ...mine, time: unchanged ? previous.time : mine.time },
  ]);
}

function clashesOf(live: JsonObject, patch: JsonObject, mine: Manager, others: Manager[]): Clash[] {
  const differing = mine.fields.filter(
    (path) => path.at(-1) !== PRESENCE && !same(valueAt(live, path), valueAt(patch, path)) && !isWord(path),
  );
  return others.flatMap((owner) =>
    differing
      .filter((path) => owner.fields.some((held) => overlaps(held, path)))
      .toSorted(byPath)
      .map((path) => ({ owner, path })),
  );
}

/** A word in a set, or an item that is one value: there or not, never at another value. */
const isWord = (path: FieldPath): boolean => !(path.at(-1) ?? '').startsWith('f:');

/** Whether somebody still wants a field that its manager left out. */
function claimed(path: FieldPath, claims: FieldPath[]): boolean {
  const place = path.at(-1) === PRESENCE ? path.slice(0, -1) : path;
  return claims.some((claim) => startsWith(claim, place) || (claim.at(-1) !== PRESENCE && startsWith(path, claim)));
}

function ownerText(owner: Manager): string {
  const subresource = owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`;
  return `"${owner.manager}"${subresource}${owner.operation === 'Update' ? ` using ${owner.apiVersion}` : ''}`;
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

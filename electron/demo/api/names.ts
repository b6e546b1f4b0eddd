import { randomBytes } from 'node:crypto';
import { type JsonObject, metadataOf, nameOf, textOf } from '../json.ts';

const letters = 'bcdfghjklmnpqrstvwxz2456789';
/** The server cuts a prefix so that the whole fits a DNS label. */
const LONGEST_PREFIX = 58;

/** `generateName` with the suffix the server puts behind it. */
export const generatedName = (prefix: string): string =>
  prefix.slice(0, LONGEST_PREFIX) + [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');

/** The object with a name of its own, where it has none and wants one. */
export function named(object: JsonObject): JsonObject {
  const prefix = textOf(metadataOf(object).generateName);
  if (nameOf(object) !== '' || prefix === '') return object;
  return { ...object, metadata: { ...metadataOf(object), name: generatedName(prefix) } };
}

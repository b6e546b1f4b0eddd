import { isObject, type Json, type JsonObject } from '../json.ts';

/** Replaces parts of an object by equal ones of objects that came before. `earlier` is what the object was until now. */
export type Share = (object: JsonObject, earlier: JsonObject | null) => JsonObject;

/** Parts remembered in a generation; those that are met again live on in the next. */
const GENERATION = 2000;
/** In characters; longer parts are hardly ever equal, shorter texts are not worth it. */
const LONGEST = 500;
const SHORTEST = 12;

/** Lets equal parts of different objects be one in memory: ten thousand pods differ in their names, addresses and times only. */
export function createSharing(): Share {
  let young = new Map<string, Json>();
  let old = new Map<string, Json>();

  const known = (code: string, value: Json): Json => {
    if (code.length > LONGEST || code.length < SHORTEST) return value;
    const found = young.get(code);
    if (found !== undefined) return found;
    const kept = old.get(code) ?? value;
    young.set(code, kept);
    if (young.size > GENERATION) {
      old = young;
      young = new Map();
    }
    return kept;
  };

  /** The value in its shared form, and a code that no other value has. */
  const share = (value: Json): { value: Json; code: string } => {
    if (typeof value === 'string') {
      const code = `${value.length}"${value}`;
      return { value: known(code, value), code };
    }
    if (typeof value !== 'object' || value === null) return { value, code: `${value},` };
    let code = Array.isArray(value) ? '[' : '{';
    const add = (part: Json): Json => {
      const shared = share(part);
      code += shared.code;
      return shared.value;
    };
    if (Array.isArray(value)) {
      const items = value.map(add);
      code += ']';
      return { value: known(code, items), code };
    }
    const fields: JsonObject = {};
    for (const key in value) {
      const field = value[key];
      if (field === undefined) continue;
      code += `${key.length}"${key}`;
      fields[key] = add(field);
    }
    code += '}';
    return { value: known(code, fields), code };
  };

  // The object itself, its metadata, spec and status are never equal to others': sharing begins below them.
  const below = (object: JsonObject, earlier: Json | undefined, depth: number): JsonObject => {
    const before = isObject(earlier) ? earlier : {};
    const fields: JsonObject = {};
    for (const key in object) {
      const field = object[key];
      if (field === undefined) continue;
      if (field === before[key]) fields[key] = field;
      else fields[key] = depth > 0 && isObject(field) ? below(field, before[key], depth - 1) : share(field).value;
    }
    return fields;
  };
  return (object, earlier) => below(object, earlier ?? undefined, 1);
}

/** Plain JSON, as it crosses the API. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** How deep JSON may be nested: more than any object of Kubernetes is, less than what recursion over it can bear. */
const DEEPEST = 500;

/**
 * `value` parsed. Throws SyntaxError, also for what is nested too deep, and for the key `__proto__`: written into another object it
 * would change what that object is.
 */
export function parseJson(value: string): Json {
  const parsed: Json = JSON.parse(value);
  let level: Json[] = [parsed];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new SyntaxError('exceeded max depth');
    if (level.some((item) => isObject(item) && Object.hasOwn(item, '__proto__')))
      throw new SyntaxError('__proto__ is no key here');
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return parsed;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one when it is something else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** What is found along `keys`, or undefined. */
export function at(value: Json | undefined, ...keys: string[]): Json | undefined {
  let here = value;
  for (const key of keys) here = own(here, key);
  return here;
}

/** The entry of an object, not what every object inherits: labels and data may be called `constructor`. */
export function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A deep copy. */
export function copy<Value extends Json>(value: Value): Value {
  return structuredClone(value);
}

/** Equal as JSON, whatever the order of the keys. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
    );
  }
  return one === other;
}

export const metadataOf = (object: JsonObject): JsonObject => objectOf(object.metadata);
export const nameOf = (object: JsonObject): string => textOf(metadataOf(object).name);
export const namespaceOf = (object: JsonObject): string => textOf(metadataOf(object).namespace);
export const uidOf = (object: JsonObject): string => textOf(metadataOf(object).uid);
export const versionOf = (object: JsonObject): number => Number(textOf(metadataOf(object).resourceVersion));
export const labelsOf = (object: JsonObject): JsonObject => objectOf(metadataOf(object).labels);

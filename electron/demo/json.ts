/** Plain JSON, as it crosses the API. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** `value` parsed; throws SyntaxError. */
export function parseJson(value: string): Json {
  const parsed: Json = JSON.parse(value);
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
  for (const key of keys) here = isObject(here) ? here[key] : undefined;
  return here;
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
    return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
  }
  return one === other;
}

export const metadataOf = (object: JsonObject): JsonObject => objectOf(object.metadata);
export const nameOf = (object: JsonObject): string => textOf(metadataOf(object).name);
export const namespaceOf = (object: JsonObject): string => textOf(metadataOf(object).namespace);
export const uidOf = (object: JsonObject): string => textOf(metadataOf(object).uid);
export const versionOf = (object: JsonObject): number => Number(textOf(metadataOf(object).resourceVersion));
export const labelsOf = (object: JsonObject): JsonObject => objectOf(metadataOf(object).labels);

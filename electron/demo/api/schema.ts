import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Cause } from './status.ts';

/** The part of OpenAPI v3 that CRDs use and this server checks. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema;
  enum?: string[];
  minimum?: number;
  'x-kubernetes-preserve-unknown-fields'?: true;
}

const openMetadata = new Set(['metadata', 'apiVersion', 'kind']);
const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** Fields in `value` that `schema` does not name, sorted: `spec.driver.corez`. Metadata is not looked into. */
export function unknownFields(schema: Schema, value: Json, path = ''): string[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => unknownFields(items, item, `${path}[${index}]`));
  }
  if (!isObject(value) || schema['x-kubernetes-preserve-unknown-fields']) return [];
  const found = Object.entries(value).flatMap(([key, child]) => {
    if (path === '' && openMetadata.has(key)) return [];
    const known = schema.properties?.[key] ?? schema.additionalProperties;
    if (known !== undefined) return unknownFields(known, child, join(path, key));
    return schema.type === 'object' ? [join(path, key)] : [];
  });
  return found.sort();
}

/** `value` without the fields that `schema` does not name. */
export function pruned(schema: Schema, value: JsonObject): JsonObject {
  const walk = (known: Schema, here: Json, top: boolean): Json => {
    if (Array.isArray(here)) return known.items === undefined ? here : here.map((item) => walk(known.items ?? {}, item, false));
    if (!isObject(here) || known['x-kubernetes-preserve-unknown-fields']) return here;
    const kept: JsonObject = {};
    for (const [key, child] of Object.entries(here)) {
      const next = known.properties?.[key] ?? known.additionalProperties;
      if (top && openMetadata.has(key)) kept[key] = child;
      else if (next !== undefined) kept[key] = walk(next, child, false);
    }
    return kept;
  };
  const result = walk(schema, value, true);
  return isObject(result) ? result : {};
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function fits(schema: Schema, value: Json): boolean {
  const found = typeName(value);
  return schema.type === undefined || found === schema.type || (schema.type === 'number' && found === 'integer');
}

/** Every wrong value, in the words and the order of the API server: values first, then what is missing. */
export function invalidFields(schema: Schema, value: Json): Cause[] {
  const wrong: Cause[] = [];
  const missing: Cause[] = [];
  const walk = (known: Schema, here: Json, path: string): void => {
    if (!fits(known, here)) {
      const found = typeName(here);
      const message = `Invalid value: "${found}": ${path} in body must be of type ${known.type}: "${found}"`;
      wrong.push({ reason: 'FieldValueTypeInvalid', message, field: path });
      return;
    }
    if (typeof here === 'string' && known.enum !== undefined && !known.enum.includes(here)) {
      const supported = known.enum.map((word) => `"${word}"`).join(', ');
      const message = `Unsupported value: "${here}": supported values: ${supported}`;
      wrong.push({ reason: 'FieldValueNotSupported', message, field: path });
    }
    if (typeof here === 'number' && known.minimum !== undefined && here < known.minimum) {
      const message = `Invalid value: ${here}: ${path} in body should be greater than or equal to ${known.minimum}`;
      wrong.push({ reason: 'FieldValueInvalid', message, field: path });
    }
    if (Array.isArray(here) && known.items !== undefined) {
      for (const [index, item] of here.entries()) walk(known.items, item, `${path}[${index}]`);
    }
    if (isObject(here)) {
      for (const [key, child] of Object.entries(here)) {
        const next = known.properties?.[key] ?? known.additionalProperties;
        if (next !== undefined) walk(next, child, join(path, key));
      }
      for (const key of known.required ?? []) {
        if (key in here) continue;
        missing.push({ reason: 'FieldValueRequired', message: 'Required value', field: join(path, key) });
      }
    }
  };
  walk(schema, value, '');
  return [...wrong, ...missing];
}

/** What makes a server-side apply fail before anything else is looked at, in the words of structured-merge-diff. */
export function untypedFields(schema: Schema, value: Json): string[] {
  const walk = (known: Schema, here: Json, path: string): string[] => {
    if (known['x-kubernetes-preserve-unknown-fields'] || here === null) return [];
    if (known.type === 'object') {
      if (!isObject(here)) return [`${path}: expected map, got &{${goText(here)}}`];
      if (known.properties === undefined && known.additionalProperties === undefined) return [];
      const strange = Object.keys(here).find((key) => {
        const open = path === '' && openMetadata.has(key);
        return !open && known.properties?.[key] === undefined && known.additionalProperties === undefined;
      });
      if (strange !== undefined) return [`${path}.${strange}: field not declared in schema`];
      return Object.entries(here).flatMap(([key, child]) => {
        const next = known.properties?.[key] ?? known.additionalProperties;
        return next === undefined ? [] : walk(next, child, `${path}.${key}`);
      });
    }
    if (known.type === 'array') {
      if (!Array.isArray(here)) return [`${path}: expected list, got &{${goText(here)}}`];
      return here.flatMap((item, index) => walk(known.items ?? {}, item, `${path}[${index}]`));
    }
    const found = typeName(here);
    if (known.type === 'string' && found !== 'string') {
      return [`${path}: expected string, got &value.valueUnstructured{Value:${goText(here)}}`];
    }
    if (known.type === 'boolean' && found !== 'boolean') return [`${path}: expected boolean, got &{${goText(here)}}`];
    if ((known.type === 'integer' || known.type === 'number') && typeof here !== 'number') {
      return [`${path}: expected numeric (int or float), got ${found}`];
    }
    return [];
  };
  return walk(schema, value, '');
}

/** A value as Go's %v prints it. */
function goText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, child]) => `${key}:${goText(child)}`);
    return `map[${entries.join(' ')}]`;
  }
  return String(value);
}

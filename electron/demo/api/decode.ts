import { isObject, type Json, type JsonObject, objectOf, parseJson, textOf } from '../json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import type { WriteOptions } from './options.ts';
import { parseQuantity } from './quantity.ts';
import { fieldSchema, type Schema } from './schema.ts';
import { badRequest } from './status.ts';

/** The object in the body of a create or update, which may leave kind and version out. Throws 400. */
export function bodyObject(kind: Kind, text: string): JsonObject {
  let body: Json;
  try {
    body = parseJson(text);
  } catch (error) {
    const what = `the object provided is unrecognized (must be of type ${kind.kind})`;
    const why = text === '' ? 'unexpected end of JSON input (<empty>)' : error instanceof Error ? error.message : '';
    throw badRequest(`${what}: couldn't get version/kind; json parse error: ${why}`);
  }
  const object = objectOf(body);
  const expected = apiVersionOf(kind);
  const found = textOf(object.apiVersion);
  if (found !== '' && found !== expected) {
    throw badRequest(`the API version in the data (${found}) does not match the expected API version (${expected})`);
  }
  if (textOf(object.kind) !== '' && object.kind !== kind.kind) {
    throw badRequest(`${textOf(object.kind)} in version "${kind.version}" cannot be handled as a ${kind.kind}`);
  }
  return { ...object, apiVersion: expected, kind: kind.kind };
}

/** What is wrong with the shape of an object before anyone looks at its values, in the words of Go's decoder; null when nothing is. */
export function shapeError(kind: Kind, object: JsonObject): string | null {
  return kind.custom || kind.schema === undefined ? null : mistyped(kind.schema, object, kind.kind, '');
}

/**
 * The object without what the schema does not know, and a warning for each such field, or with strict validation `refuse` of all of
 * them.
 */
export function known(
  kind: Kind,
  object: JsonObject,
  options: WriteOptions,
  refuse: (why: string) => Error,
): { object: JsonObject; warnings: string[] } {
  const { schema } = kind;
  if (schema === undefined) return { object, warnings: [] };
  const wrong = shapeError(kind, object);
  if (wrong !== null) throw refuse(wrong);
  const unknown = unknownFields(schema, object).map((field) => `unknown field "${field}"`);
  // The decoder of custom resources tells them in order of their names, the one of the built-in kinds as they come.
  if (kind.custom) unknown.sort();
  if (unknown.length > 0 && options.fieldValidation === 'Strict') throw refuse(`strict decoding error: ${unknown.join(', ')}`);
  return {
    object: unknown.length === 0 ? object : objectOf(pruned(schema, object)),
    warnings: options.fieldValidation === 'Warn' ? unknown : [],
  };
}

/** `refuse` of a create or update. */
export const undecodable = (kind: Kind) => (why: string) =>
  badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`);

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
const isOpen = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  (schema.properties === undefined && schema.additionalProperties === undefined);

/** Fields in `value` that `schema` does not name: `spec.driver.corez`. */
function unknownFields(schema: Schema, value: Json, path = ''): string[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => unknownFields(items, item, `${path}[${index}]`));
  }
  if (!isObject(value) || isOpen(schema)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const inside = fieldSchema(schema, key);
    return inside === undefined ? [join(path, key)] : unknownFields(inside, child, join(path, key));
  });
}

function pruned(schema: Schema, value: Json): Json {
  const { items } = schema;
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => pruned(items, item));
  if (!isObject(value) || isOpen(schema)) return value;
  const kept: JsonObject = {};
  for (const [key, child] of Object.entries(value)) {
    const inside = fieldSchema(schema, key);
    if (inside !== undefined) kept[key] = pruned(inside, child);
  }
  return kept;
}

/** Names of the types as `encoding/json` tells them. */
function goType(schema: Schema): string {
  if (schema.type === 'array') return `[]${goType(schema.items ?? {})}`;
  if (schema.type === 'object' && schema.additionalProperties !== undefined) {
    return `map[string]${goType(schema.additionalProperties)}`;
  }
  if (schema.type === 'object') return `v1.${schema.title ?? 'Object'}`;
  if (schema.type === 'boolean') return 'bool';
  return schema.type === 'integer' ? (schema.format ?? 'int64') : 'string';
}

const jsonType = (value: Json): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
};

const fits: Record<NonNullable<Schema['type']>, (value: Json) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The first value of a wrong type. `owner` is the Go type whose field `path` is. */
function mistyped(schema: Schema, value: Json, owner: string, path: string): string | null {
  if (value === null) return null;
  if (schema.format === 'quantity') {
    if (parseQuantity(value) !== null) return null;
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  if (schema.type !== undefined && !fits[schema.type](value)) {
    return `json: cannot unmarshal ${jsonType(value)} into Go struct field ${owner}.${path} of type ${goType(schema)}`;
  }
  if (schema.format === 'byte' && !base64.test(textOf(value))) return 'illegal base64 data at input byte 0';
  const children: [Schema | undefined, Json, string][] = Array.isArray(value)
    ? value.map((item) => [schema.items, item, path])
    : Object.entries(objectOf(value)).map(([key, child]) => [
        fieldSchema(schema, key),
        child,
        schema.properties === undefined ? path : join(path, key),
      ]);
  for (const [inside, child, place] of children) {
    const holder = schema.properties === undefined ? owner : (schema.title ?? owner);
    const wrong = inside === undefined ? null : mistyped(inside, child, holder, place);
    if (wrong !== null) return wrong;
  }
  return null;
}

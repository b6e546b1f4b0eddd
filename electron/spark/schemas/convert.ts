import { field, type JsonRecord, textAt } from '../../../shared/json.ts';
import type { JsonSchema } from '../../../shared/spark/schema/index.ts';

/** Keywords that mean the same in OpenAPI 3 and in JSON schema. `format` is left out: `int32` and the like say nothing to an editor. */
const kept = [
  'description',
  'enum',
  'default',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'required',
];

/**
 * One schema of an OpenAPI v3 document of an API server as JSON schema draft 7, as strict as the server is with `fieldValidation=Strict`:
 * fields that a structure does not name are errors, unless it keeps unknown ones (`x-kubernetes-preserve-unknown-fields`).
 *
 * `$ref`s are resolved into it; where they go in circles the inner one takes anything.
 */
export function toJsonSchema(document: unknown, schema: unknown, open: readonly string[] = []): JsonSchema {
  const reference = textAt(schema, '$ref');
  if (reference !== null) {
    const name = reference.split('/').at(-1) ?? '';
    if (open.includes(name)) return {};
    return toJsonSchema(document, field(document, 'components', 'schemas', name), [...open, name]);
  }
  const convert = (child: unknown) => toJsonSchema(document, child, open);
  const result: JsonSchema = {};
  for (const keyword of kept) {
    const value = field(schema, keyword);
    if (value !== undefined) result[keyword] = value;
  }
  const all = schemasAt(schema, 'allOf').map(convert);
  // A reference beside a description is written as an `allOf` of one.
  const base: JsonSchema = all.length === 1 ? { ...all[0], ...result } : { ...result, ...(all.length > 1 && { allOf: all }) };
  const type = typeOf(schema);
  if (type !== undefined) base.type = type;
  if (field(schema, 'x-kubernetes-int-or-string') !== true) {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const some = schemasAt(schema, keyword).map(convert);
      if (some.length > 0) base[keyword] = some;
    }
  }
  const items = field(schema, 'items');
  if (items !== undefined) base.items = convert(items);
  return { ...base, ...fieldsOf(schema, convert) };
}

function fieldsOf(schema: unknown, convert: (child: unknown) => JsonSchema): JsonSchema {
  const result: JsonSchema = {};
  const properties = recordAt(schema, 'properties');
  if (properties !== null) {
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, convert(child)]));
    result.additionalProperties = false;
  }
  const others = field(schema, 'additionalProperties');
  if (typeof others === 'boolean') result.additionalProperties = others;
  else if (others !== undefined) result.additionalProperties = convert(others);
  if (field(schema, 'x-kubernetes-preserve-unknown-fields') === true) result.additionalProperties = true;
  return result;
}

function typeOf(schema: unknown): JsonSchema['type'] {
  const type = textAt(schema, 'type');
  const types = field(schema, 'x-kubernetes-int-or-string') === true ? ['integer', 'string'] : type === null ? [] : [type];
  if (types.length > 0 && field(schema, 'nullable') === true) types.push('null');
  return types.length > 1 ? types : types[0];
}

function recordAt(value: unknown, name: string): JsonRecord | null {
  const found = field(value, name);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? { ...found } : null;
}

function schemasAt(value: unknown, name: string): unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

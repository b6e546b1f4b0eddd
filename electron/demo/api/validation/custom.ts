import { isObject, type Json } from '../../json.ts';
import { fieldSchema, type Schema } from '../schema.ts';
import type { Cause } from '../status.ts';

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

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

/** Every wrong value of a custom resource, in the words and the order of the API server: values first, then what is missing. */
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
    const bad = valueCause(known, here, path);
    if (bad !== null) wrong.push(bad);
    if (Array.isArray(here) && known.items !== undefined) {
      for (const [index, item] of here.entries()) walk(known.items, item, `${path}[${index}]`);
    }
    if (isObject(here)) {
      for (const [key, child] of Object.entries(here)) {
        const next = fieldSchema(known, key);
        if (next !== undefined) walk(next, child, join(path, key));
      }
      for (const key of known.required ?? []) {
        if (Object.hasOwn(here, key)) continue;
        missing.push({ reason: 'FieldValueRequired', message: 'Required value', field: join(path, key) });
      }
    }
  };
  walk(schema, value, '');
  return [...wrong, ...missing];
}

function valueCause(known: Schema, here: Json, path: string): Cause | null {
  if (typeof here === 'string' && known.enum !== undefined && !known.enum.includes(here)) {
    const supported = known.enum.map((word) => `"${word}"`).join(', ');
    const message = `Unsupported value: "${here}": supported values: ${supported}`;
    return { reason: 'FieldValueNotSupported', message, field: path };
  }
  if (typeof here === 'number' && known.minimum !== undefined && here < known.minimum) {
    const message = `Invalid value: ${here}: ${path} in body should be greater than or equal to ${known.minimum}`;
    return { reason: 'FieldValueInvalid', message, field: path };
  }
  return null;
}

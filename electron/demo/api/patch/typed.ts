import { isObject, type Json } from '../../json.ts';
import { fieldSchema, type Schema } from '../schema.ts';
import { itemToken, pathText } from './paths.ts';

/** What makes a server-side apply fail before anything else is looked at, in the words of structured-merge-diff. */
export function untypedFields(schema: Schema, value: Json): string[] {
  return walk(schema, value, '');
}

function walk(known: Schema, here: Json, path: string): string[] {
  if (known['x-kubernetes-preserve-unknown-fields'] || here === null) return [];
  if (known.type === 'object') return walkMap(known, here, path);
  if (known.type === 'array') {
    if (!Array.isArray(here)) return [`${path}: expected list, got &{${goText(here)}}`];
    return [...repeated(known, here, path), ...here.flatMap((item, index) => walk(known.items ?? {}, item, `${path}[${index}]`))];
  }
  const wrong = mistypedScalar(known, here);
  return wrong === null ? [] : [`${path}: ${wrong}`];
}

function walkMap(known: Schema, here: Json, path: string): string[] {
  if (!isObject(here)) return [`${path}: expected map, got &{${goText(here)}}`];
  if (known.properties === undefined && known.additionalProperties === undefined) return [];
  const strange = Object.keys(here).find((key) => fieldSchema(known, key) === undefined);
  if (strange !== undefined) return [`${path}.${strange}: field not declared in schema`];
  return Object.entries(here).flatMap(([key, child]) => walk(fieldSchema(known, key) ?? {}, child, `${path}.${key}`));
}

function mistypedScalar(known: Schema, here: Json): string | null {
  const got = `got &value.valueUnstructured{Value:${goText(here)}}`;
  if (known.type === 'string' && typeof here !== 'string') return `expected string, ${got}`;
  if (known.type === 'boolean' && typeof here !== 'boolean') return `expected boolean, got &{${goText(here)}}`;
  if ((known.type === 'integer' || known.type === 'number') && typeof here !== 'number') {
    return `expected numeric (int or float), got ${here === null || typeof here === 'object' ? goText(here) : typeof here}`;
  }
  return null;
}

/** Two items with one key, or one word twice. */
function repeated(list: Schema, items: Json[], path: string): string[] {
  if (list['x-kubernetes-list-type'] === undefined) return [];
  const tokens = items.map((item) => itemToken(list, item));
  const twice = tokens.filter((token, index) => tokens.indexOf(token) !== index);
  return [...new Set(twice)].map((token) => `${path}: duplicate entries for key ${pathText([token])}`);
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

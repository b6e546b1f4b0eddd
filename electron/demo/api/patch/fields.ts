import { isObject, type Json, type JsonObject, listOf, metadataOf, objectOf, same, textOf } from '../../json.ts';
import { fieldSchema, type Schema } from '../schema.ts';
import { type FieldPath, itemToken, PRESENCE, valueAt } from './paths.ts';

const outside = new Set(['apiVersion', 'kind']);
const managedMetadata = new Set(['labels', 'annotations', 'generateName', 'ownerReferences', 'finalizers']);

/** The leaves that a manager of `object` may own: all but identity and what the server writes into metadata. */
export function leavesOf(object: JsonObject, schema: Schema | undefined): FieldPath[] {
  const found: FieldPath[] = [];
  const walk = (value: Json, known: Schema | undefined, path: FieldPath): void => {
    const whole = known?.['x-kubernetes-map-type'] === 'atomic';
    if (isObject(value) && !whole && Object.keys(value).length > 0) {
      for (const [key, child] of Object.entries(value)) walk(child, fieldSchema(known, key), [...path, `f:${key}`]);
    } else if (Array.isArray(value) && value.length > 0 && known?.['x-kubernetes-list-type'] !== undefined) {
      for (const item of value) {
        const token = itemToken(known, item);
        const inside = [...path, token];
        const single = !isObject(item) || known.items?.['x-kubernetes-map-type'] === 'atomic';
        if (single) found.push(inside);
        else {
          found.push([...inside, PRESENCE]);
          walk(item, known.items, inside);
        }
      }
    } else found.push(path);
  };
  for (const [key, child] of Object.entries(object)) {
    if (outside.has(key)) continue;
    if (key !== 'metadata') walk(child, fieldSchema(schema, key), [`f:${key}`]);
    else {
      const metadata = fieldSchema(schema, 'metadata');
      for (const [name, value] of Object.entries(objectOf(child))) {
        if (managedMetadata.has(name)) walk(value, fieldSchema(metadata, name), ['f:metadata', `f:${name}`]);
      }
    }
  }
  return found;
}

/** One entry of `metadata.managedFields`, with its fields as paths. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource: string;
  apiVersion: string;
  time: string;
  fields: FieldPath[];
}

export const sameManager = (one: Manager, other: Manager): boolean =>
  one.manager === other.manager && one.operation === other.operation && one.subresource === other.subresource;

export function managersOf(object: JsonObject): Manager[] {
  return listOf(metadataOf(object).managedFields).map((entry) => {
    const fields = objectOf(entry);
    return {
      manager: textOf(fields.manager),
      operation: fields.operation === 'Apply' ? 'Apply' : 'Update',
      subresource: textOf(fields.subresource),
      apiVersion: textOf(fields.apiVersion),
      time: textOf(fields.time),
      fields: fromFieldsV1(objectOf(fields.fieldsV1)),
    };
  });
}

/** The object with these managers; those that own nothing are dropped. */
export function withManagers(object: JsonObject, managers: Manager[]): JsonObject {
  const managedFields = managers
    .filter((entry) => entry.fields.length > 0)
    .map(
      (entry): JsonObject => ({
        apiVersion: entry.apiVersion,
        fieldsType: 'FieldsV1',
        fieldsV1: toFieldsV1(entry.fields),
        manager: entry.manager,
        operation: entry.operation,
        ...(entry.subresource === '' ? {} : { subresource: entry.subresource }),
        time: entry.time,
      }),
    );
  const { managedFields: _, ...metadata } = metadataOf(object);
  return { ...object, metadata: managedFields.length === 0 ? metadata : { ...metadata, managedFields } };
}

function toFieldsV1(paths: FieldPath[]): JsonObject {
  const root: JsonObject = {};
  for (const path of paths) {
    let here = root;
    for (const token of path) {
      const next = objectOf(here[token]);
      here[token] = next;
      here = next;
    }
  }
  return root;
}

function fromFieldsV1(fields: JsonObject): FieldPath[] {
  const walk = (here: JsonObject, path: FieldPath): FieldPath[] => {
    const children = Object.entries(here);
    if (children.length === 0) return path.length === 0 ? [] : [path];
    return children.flatMap(([token, child]) => walk(objectOf(child), [...path, token]));
  };
  return walk(fields, []);
}

const idOf = (path: FieldPath): string => path.join('\0');

/** After a plain write: who wrote what changed owns it, and nobody else does any more. */
export function updatedManagers(
  before: JsonObject | null,
  after: JsonObject,
  schema: Schema | undefined,
  writer: Omit<Manager, 'fields'>,
): Manager[] {
  const leaves = leavesOf(after, schema);
  if (before === null) return [{ ...writer, fields: leaves }];
  const changed = leaves.filter((path) => !same(valueAt(before, path), valueAt(after, path)));
  const present = new Set(leaves.map(idOf));
  const altered = new Set(changed.map(idOf));
  const mine: Manager = { ...writer, fields: changed };
  const kept = managersOf(before).map((entry) => {
    const own = sameManager(entry, mine);
    return { ...entry, fields: entry.fields.filter((path) => present.has(idOf(path)) && (own || !altered.has(idOf(path)))) };
  });
  const own = kept.find((entry) => sameManager(entry, mine));
  if (own === undefined) return [...kept, mine];
  const held = new Set(own.fields.map(idOf));
  const merged = [...own.fields, ...changed.filter((path) => !held.has(idOf(path)))];
  return kept.map((entry) =>
    entry === own ? { ...own, time: changed.length > 0 ? writer.time : own.time, fields: merged } : entry,
  );
}

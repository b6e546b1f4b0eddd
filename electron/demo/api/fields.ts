import { isObject, type Json, type JsonObject, listOf, metadataOf, objectOf, same, textOf } from '../json.ts';

/** A field as its keys; lists and scalars are leaves. */
export type FieldPath = string[];

const outside = new Set(['apiVersion', 'kind']);
const managedMetadata = new Set(['labels', 'annotations', 'generateName', 'ownerReferences', 'finalizers']);

/** The leaves that a manager of `object` may own: all but identity and what the server writes into metadata. */
export function leavesOf(object: JsonObject): FieldPath[] {
  const walk = (value: Json, path: FieldPath): FieldPath[] => {
    if (!isObject(value) || Object.keys(value).length === 0) return [path];
    return Object.entries(value).flatMap(([key, child]) => walk(child, [...path, key]));
  };
  return Object.entries(object).flatMap(([key, child]) => {
    if (outside.has(key)) return [];
    if (key !== 'metadata') return walk(child, [key]);
    return Object.entries(objectOf(child)).flatMap(([name, value]) =>
      managedMetadata.has(name) ? walk(value, ['metadata', name]) : [],
    );
  });
}

export function valueAt(object: Json | undefined, path: FieldPath): Json | undefined {
  let here = object;
  for (const key of path) here = isObject(here) ? here[key] : undefined;
  return here;
}

export const samePath = (one: FieldPath, other: FieldPath): boolean =>
  one.length === other.length && one.every((key, index) => key === other[index]);

/** `.spec.driver.cores`, as the server names fields in conflicts. */
export const pathText = (path: FieldPath): string => path.map((key) => `.${key}`).join('');

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
    for (const key of path) {
      const next = objectOf(here[`f:${key}`]);
      here[`f:${key}`] = next;
      here = next;
    }
  }
  return root;
}

function fromFieldsV1(fields: JsonObject): FieldPath[] {
  const walk = (here: JsonObject, path: FieldPath): FieldPath[] => {
    const keys = Object.entries(here).filter(([key]) => key.startsWith('f:'));
    if (keys.length === 0) return path.length === 0 ? [] : [path];
    return keys.flatMap(([key, child]) => walk(objectOf(child), [...path, key.slice(2)]));
  };
  return walk(fields, []);
}

/** After a plain write: who wrote what changed owns it, and nobody else does any more. */
export function updatedManagers(before: JsonObject | null, after: JsonObject, writer: Omit<Manager, 'fields'>): Manager[] {
  const old = before === null ? [] : managersOf(before);
  const leaves = leavesOf(after);
  const changed = leaves.filter((path) => !same(valueAt(before ?? {}, path), valueAt(after, path)));
  const has = (paths: FieldPath[], path: FieldPath) => paths.some((other) => samePath(other, path));
  const mine: Manager = { ...writer, fields: changed };
  const kept = old.map((entry) => ({
    ...entry,
    fields: entry.fields.filter((path) => has(leaves, path) && (sameManager(entry, mine) || !has(changed, path))),
  }));
  const own = kept.find((entry) => sameManager(entry, mine));
  if (own === undefined) return [...kept, mine];
  const merged = [...own.fields, ...changed.filter((path) => !has(own.fields, path))];
  return kept.map((entry) =>
    entry === own ? { ...own, time: changed.length > 0 ? writer.time : own.time, fields: merged } : entry,
  );
}

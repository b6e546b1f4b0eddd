import { parse } from 'yaml';
import { copy, type Json, type JsonObject, metadataOf, nameOf, objectOf, parseJson, same, textOf, versionOf } from '../json.ts';
import { admit, furnish, generatedSuffix, nameCauses } from './admission.ts';
import { applied, mergePatch } from './apply.ts';
import { type Manager, updatedManagers, withManagers } from './fields.ts';
import { apiVersionOf, type Kind, namespaces, pods } from './kinds.ts';
import { invalidFields, pruned, unknownFields, untypedFields } from './schema.ts';
import { ApiError, alreadyExists, badRequest, conflict, invalid, invalidOptions, modified, notFound } from './status.ts';
import type { Store } from './store.ts';

export interface WriteOptions {
  manager: string;
  dryRun: boolean;
  fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  force: boolean;
  subresource: '' | 'status';
}

export interface Written {
  object: JsonObject;
  created: boolean;
  warnings: string[];
}

export interface Target {
  kind: Kind;
  namespace: string;
  name: string;
}

const unsupported = new ApiError(
  415,
  'UnsupportedMediaType',
  'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, ' +
    'application/merge-patch+json, application/apply-patch+yaml',
);

/** Reads the options of a write from its query; throws 422 on an unknown dryRun. */
export function writeOptions(query: URLSearchParams, userAgent: string, subresource: string, patch: boolean): WriteOptions {
  const dryRun = query.get('dryRun');
  if (dryRun !== null && dryRun !== 'All') {
    const message = `Unsupported value: ["${dryRun}"]: supported values: "All"`;
    throw invalidOptions(patch ? 'PatchOptions' : 'CreateOptions', {
      reason: 'FieldValueNotSupported',
      message,
      field: 'dryRun',
    });
  }
  const validation = query.get('fieldValidation');
  return {
    manager: query.get('fieldManager') ?? (userAgent.split('/')[0] || 'unknown'),
    dryRun: dryRun === 'All',
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
    force: query.get('force') === 'true',
    subresource: subresource === 'status' ? 'status' : '',
  };
}

function bodyObject(kind: Kind, text: string): JsonObject {
  let body: Json;
  try {
    body = parseJson(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    const what = `the object provided is unrecognized (must be of type ${kind.kind})`;
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

/** Checks field names against the schema; returns the object without unknown ones and a warning for each. */
function known(kind: Kind, object: JsonObject, options: WriteOptions): { object: JsonObject; warnings: string[] } {
  if (kind.schema === undefined) return { object, warnings: [] };
  const unknown = unknownFields(kind.schema, object).map((field) => `unknown field "${field}"`);
  if (unknown.length > 0 && options.fieldValidation === 'Strict') {
    const what = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}`;
    throw badRequest(`${what}: strict decoding error: ${unknown.join(', ')}`);
  }
  return { object: pruned(kind.schema, object), warnings: options.fieldValidation === 'Warn' ? unknown : [] };
}

function checked(kind: Kind, object: JsonObject): void {
  const causes = [...nameCauses(nameOf(object)), ...(kind.schema === undefined ? [] : invalidFields(kind.schema, object))];
  if (causes.length > 0) throw invalid(kind, nameOf(object), causes);
}

const writer = (store: Store, kind: Kind, options: WriteOptions, operation: Manager['operation']): Omit<Manager, 'fields'> => ({
  manager: options.manager,
  operation,
  subresource: options.subresource,
  apiVersion: apiVersionOf(kind),
  time: store.time.text(),
});

/** Makes a new object real, or shows what it would be. */
function commitNew(store: Store, target: Target, object: JsonObject, options: WriteOptions): JsonObject {
  const { kind, namespace } = target;
  if (kind.namespaced && store.get(namespaces, '', namespace) === null) throw notFound(namespaces, namespace);
  checked(kind, object);
  if (store.get(kind, namespace, nameOf(object)) !== null) throw alreadyExists(kind, nameOf(object));
  const { status: _, ...rest } = object;
  const withoutStatus = kind.status ? rest : object;
  const generation = kind.custom || kind === pods ? { generation: 1 } : {};
  const { resourceVersion: _version, uid: _uid, creationTimestamp: _created, ...metadata } = metadataOf(withoutStatus);
  const fresh = admit(store, kind, {
    ...withoutStatus,
    metadata: { ...metadata, ...generation, ...(kind.namespaced ? { namespace } : {}) },
  });
  if (options.dryRun) return dry(store, fresh);
  const stored = store.put(kind, fresh);
  if (kind === namespaces) furnish(store, nameOf(stored));
  return stored;
}

function dry(store: Store, object: JsonObject): JsonObject {
  const creationTimestamp = store.time.text();
  return { ...object, metadata: { creationTimestamp, uid: crypto.randomUUID(), ...metadataOf(object) } };
}

/** Writes over what is there; `status` and the rest of the object are two halves that do not touch each other. */
function commitOver(store: Store, target: Target, live: JsonObject, wanted: JsonObject, options: WriteOptions): JsonObject {
  const { kind } = target;
  const { status, ...rest } = wanted;
  const { status: liveStatus, ...liveRest } = live;
  const body: JsonObject = options.subresource === 'status' ? { ...liveRest } : { ...rest };
  const chosen = options.subresource === 'status' || !kind.status ? status : liveStatus;
  if (chosen !== undefined) body.status = chosen;
  const { uid, creationTimestamp, resourceVersion, generation } = metadataOf(live);
  const changed = !same(objectOf(body.spec), objectOf(live.spec));
  const metadata: JsonObject = {
    ...metadataOf(body),
    uid: uid ?? '',
    creationTimestamp: creationTimestamp ?? '',
    resourceVersion: resourceVersion ?? '',
  };
  if (typeof generation === 'number') metadata.generation = changed ? generation + 1 : generation;
  const object: JsonObject = { ...body, metadata };
  checked(kind, object);
  if (same(object, live)) return live;
  return options.dryRun ? object : store.put(kind, object);
}

export function create(store: Store, target: Target, text: string, options: WriteOptions): Written {
  const { kind, namespace } = target;
  const body = bodyObject(kind, text);
  const found = textOf(metadataOf(body).namespace);
  if (kind.namespaced && found !== '' && found !== namespace) throw wrongNamespace();
  const { object, warnings } = known(kind, body, options);
  const prefix = textOf(metadataOf(object).generateName);
  const name = nameOf(object) || (prefix === '' ? '' : prefix + generatedSuffix());
  const named: JsonObject = { ...object, metadata: { ...metadataOf(object), ...(name === '' ? {} : { name }) } };
  const owned = withManagers(named, updatedManagers(null, named, writer(store, kind, options, 'Update')));
  return { object: commitNew(store, target, owned, options), created: true, warnings };
}

const wrongNamespace = () => badRequest('the namespace of the provided object does not match the namespace sent on the request');

export function update(store: Store, target: Target, text: string, options: WriteOptions): Written {
  const { kind, namespace, name } = target;
  const { object, warnings } = known(kind, bodyObject(kind, text), options);
  const live = store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  const version = textOf(metadataOf(object).resourceVersion);
  if (version === '' && kind.custom) {
    const message = 'Invalid value: 0: must be specified for an update';
    const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' };
    throw invalid({ ...kind, kind: kind.plural }, name, [cause]);
  }
  if (version !== '' && version !== textOf(metadataOf(live).resourceVersion)) throw modified(kind, name);
  const placed: JsonObject = { ...object, metadata: { ...metadataOf(object), name, ...(kind.namespaced ? { namespace } : {}) } };
  const owned = withManagers(placed, updatedManagers(live, placed, writer(store, kind, options, 'Update')));
  return { object: commitOver(store, target, live, owned, options), created: false, warnings };
}

/** Merge patch and server-side apply; the content type says which. */
export function patch(store: Store, target: Target, text: string, contentType: string, options: WriteOptions): Written {
  const type = contentType.split(';')[0]?.trim();
  if (type === 'application/apply-patch+yaml') return apply(store, target, text, options);
  const merging =
    type === 'application/merge-patch+json' || (type === 'application/strategic-merge-patch+json' && !target.kind.custom);
  if (!merging) throw unsupported;
  const { kind, namespace, name } = target;
  const live = store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  const change = objectOf(parseJson(text));
  const version = textOf(metadataOf(change).resourceVersion);
  if (version !== '' && Number(version) !== versionOf(live)) throw modified(kind, name);
  const merged = objectOf(mergePatch(live, change));
  const { object, warnings } = known(kind, merged, options);
  const owned = withManagers(object, updatedManagers(live, object, writer(store, kind, options, 'Update')));
  return { object: commitOver(store, target, live, owned, options), created: false, warnings };
}

function apply(store: Store, target: Target, text: string, options: WriteOptions): Written {
  const { kind, namespace, name } = target;
  let body: Json;
  try {
    body = parse(text) ?? {};
  } catch (error) {
    throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${error instanceof Error ? error.message : ''}`);
  }
  const object = copy(objectOf(body));
  if (object.apiVersion !== apiVersionOf(kind) || object.kind !== kind.kind) {
    const found = textOf(object.apiVersion);
    throw badRequest(`invalid object type: ${found.includes('/') ? found : `/${found}`}, Kind=${textOf(object.kind)}`);
  }
  if (nameOf(object) !== '' && nameOf(object) !== name) {
    throw badRequest(`the name of the object (${nameOf(object)}) does not match the name on the URL (${name})`);
  }
  const found = textOf(metadataOf(object).namespace);
  if (kind.namespaced && found !== '' && found !== namespace) throw wrongNamespace();
  if (kind.schema !== undefined) {
    const errors = untypedFields(kind.schema, object);
    const where = `(${found}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind})`;
    const list = errors.length > 1 ? `errors:\n${errors.map((error) => `  ${error}`).join('\n')}` : errors.join('');
    if (errors.length > 0) throw new ApiError(500, null, `failed to create typed patch object ${where}: ${list}`);
  }
  const live = store.get(kind, namespace, name);
  const { uid, resourceVersion } = metadataOf(object);
  if (typeof uid === 'string' && live === null) {
    throw conflict(kind, name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`);
  }
  if (typeof resourceVersion === 'string' && live !== null && Number(resourceVersion) !== versionOf(live))
    throw modified(kind, name);
  const result = applied(live, object, writer(store, kind, options, 'Apply'), options.force);
  if (live !== null) return { object: commitOver(store, target, live, result, options), created: false, warnings: [] };
  const identity = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { ...metadataOf(result), name } };
  return { object: commitNew(store, target, { ...identity, ...result, ...identity }, options), created: true, warnings: [] };
}

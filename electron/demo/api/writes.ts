import { parse } from 'yaml';
import { type Json, type JsonObject, metadataOf, nameOf, objectOf, parseJson, textOf, uidOf, versionOf } from '../json.ts';
import type { World } from '../world.ts';
import { commitNew, commitOver, prepared, type Target } from './commit.ts';
import { bodyObject, known, undecodable } from './decode.ts';
import { withDefaults } from './defaults.ts';
import { apiVersionOf, type Kind } from './kinds.ts';
import type { WriteOptions } from './options.ts';
import { applied } from './patch/apply.ts';
import { type Manager, updatedManagers, withManagers } from './patch/fields.ts';
import { jsonPatch } from './patch/json.ts';
import { mergePatch } from './patch/merge.ts';
import { strategicMerge } from './patch/strategic.ts';
import { untypedFields } from './patch/typed.ts';
import { ApiError, badRequest, conflict, invalid, modified, notFound, unknownFormat, unprocessable } from './status.ts';
import type { Store } from './store.ts';

/** What a write answers with. */
export interface Written {
  object: JsonObject;
  created: boolean;
  warnings: string[];
}

const writer = (store: Store, kind: Kind, options: WriteOptions, operation: Manager['operation']): Omit<Manager, 'fields'> => ({
  manager: options.manager,
  operation,
  subresource: options.subresource,
  apiVersion: apiVersionOf(kind),
  time: store.time.text(),
});

/** The object with what its writer owns of it now. */
function owned(store: Store, kind: Kind, live: JsonObject | null, object: JsonObject, options: WriteOptions): JsonObject {
  return withManagers(object, updatedManagers(live, object, kind.schema, writer(store, kind, options, 'Update')));
}

function checkPlace({ kind, namespace, name }: Target, object: JsonObject): void {
  const found = textOf(metadataOf(object).namespace);
  if (kind.namespaced && found !== '' && found !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (name === '' || nameOf(object) === '' || nameOf(object) === name) return;
  throw badRequest(`the name of the object (${nameOf(object)}) does not match the name on the URL (${name})`);
}

/** POST of a new object. */
export function create(world: World, target: Target, text: string, options: WriteOptions): Written {
  const { kind } = target;
  const body = bodyObject(kind, text);
  const { object, warnings } = known(kind, body, options, undecodable(kind));
  checkPlace({ ...target, name: '' }, object);
  if (textOf(metadataOf(object).resourceVersion) !== '') {
    throw new ApiError(500, null, 'resourceVersion should not be set on objects to be created');
  }
  const fresh = prepared(world, target, object);
  return {
    object: commitNew(world, target, owned(world.store, kind, null, fresh, options), options.dryRun),
    created: true,
    warnings,
  };
}

/** PUT of a whole object. */
export function update(world: World, target: Target, text: string, options: WriteOptions): Written {
  const { kind, namespace, name } = target;
  const { store } = world;
  const { object, warnings } = known(kind, bodyObject(kind, text), options, undecodable(kind));
  checkPlace(target, object);
  const live = store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  const { resourceVersion, uid } = metadataOf(object);
  const version = textOf(resourceVersion);
  if (version === '' && kind.custom) {
    const message = 'Invalid value: 0: must be specified for an update';
    const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' };
    throw invalid({ ...kind, kind: kind.plural }, name, [cause]);
  }
  if (version !== '' && version !== textOf(metadataOf(live).resourceVersion)) throw modified(kind, name);
  if (uid !== undefined && uid !== uidOf(live)) {
    const why = `Precondition failed: UID in precondition: ${textOf(uid)}, UID in object meta: ${uidOf(live)}`;
    const key = `/registry/${kind.plural}/${namespace === '' ? '' : `${namespace}/`}${name}`;
    throw conflict(
      kind,
      name,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
    );
  }
  const identity = { name, ...(kind.namespaced ? { namespace } : {}) };
  const filled = withDefaults(kind, unassigned(live, { ...object, metadata: { ...metadataOf(object), ...identity } }));
  return {
    object: commitOver(world, kind, live, owned(store, kind, live, filled, options), options),
    created: false,
    warnings,
  };
}

/** What admission wrote when the object was made stays where an update leaves it out, as the addresses of a service do. */
function unassigned(live: JsonObject, object: JsonObject): JsonObject {
  const before = objectOf(live.spec);
  const spec = objectOf(object.spec);
  if (live.kind !== 'Service' || spec.clusterIP !== undefined) return object;
  const { clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy = '' } = before;
  return { ...object, spec: { ...spec, clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } };
}

const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];

/** PATCH of any of the four kinds; the content type says which. */
export function patch(world: World, target: Target, text: string, contentType: string, options: WriteOptions): Written {
  const type = contentType.split(';')[0]?.trim() ?? '';
  if (type === 'application/apply-patch+yaml') return apply(world, target, text, options);
  const { kind, namespace, name } = target;
  const strategic = type === 'application/strategic-merge-patch+json';
  if (strategic && kind.custom) throw unknownFormat(patchTypes);
  if (!strategic && !patchTypes.includes(type)) {
    throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
  const live = world.store.get(kind, namespace, name);
  if (live === null) throw notFound(kind, name);
  const change = patchBody(text, type);
  const patched = Array.isArray(change)
    ? jsonPatch(live, change)
    : strategic
      ? strategicMerge(live, objectOf(change), kind.schema)
      : objectOf(mergePatch(live, change));
  const { object, warnings } = known(kind, patched, options, (why) => unprocessable(patched, why));
  checkPlace(target, object);
  checkVersion(kind, live, object);
  const filled = withDefaults(kind, object);
  return {
    object: commitOver(world, kind, live, owned(world.store, kind, live, filled, options), options),
    created: false,
    warnings,
  };
}

function patchBody(text: string, type: string): Json {
  let body: Json;
  try {
    body = parseJson(text);
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : ''}`);
  }
  const wantsList = type === 'application/json-patch+json';
  if (wantsList === Array.isArray(body)) return body;
  const [found, wanted] = wantsList ? ['object', '[]handlers.jsonPatchOp'] : ['array', 'map[string]interface {}'];
  throw badRequest(`error decoding patch: json: cannot unmarshal ${found} into Go value of type ${wanted}`);
}

/** A patch that names a version holds only for that one. Throws 409. */
function checkVersion(kind: Kind, live: JsonObject, wanted: JsonObject): void {
  const { resourceVersion } = metadataOf(wanted);
  if (typeof resourceVersion !== 'string') return;
  if (!/^\d+$/.test(resourceVersion)) {
    throw new ApiError(500, null, `strconv.ParseUint: parsing "${resourceVersion}": invalid syntax`);
  }
  if (Number(resourceVersion) !== versionOf(live)) throw modified(kind, nameOf(live));
}

function apply(world: World, target: Target, text: string, options: WriteOptions): Written {
  const { kind, namespace, name } = target;
  const { store } = world;
  const object = applyBody(kind, text);
  checkPlace(target, object);
  if (metadataOf(object).managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  if (kind.schema !== undefined) {
    const errors = untypedFields(kind.schema, object);
    const version = kind.group === '' ? `/${kind.version}` : apiVersionOf(kind);
    const where = `(${textOf(metadataOf(object).namespace)}/${name}; ${version}, Kind=${kind.kind})`;
    const list = errors.length > 1 ? `errors:\n${errors.map((error) => `  ${error}`).join('\n')}` : errors.join('');
    if (errors.length > 0) throw new ApiError(500, null, `failed to create typed patch object ${where}: ${list}`);
  }
  const live = store.get(kind, namespace, name);
  const { uid } = metadataOf(object);
  if (typeof uid === 'string' && live === null) {
    throw conflict(kind, name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`);
  }
  if (live !== null) checkVersion(kind, live, object);
  const result = applied(live, object, kind.schema, writer(store, kind, options, 'Apply'), options.force);
  const identity = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { ...metadataOf(result), name } };
  const filled = withDefaults(kind, { ...identity, ...result, ...identity });
  if (live !== null) return { object: commitOver(world, kind, live, filled, options), created: false, warnings: [] };
  return { object: commitNew(world, target, filled, options.dryRun), created: true, warnings: [] };
}

function applyBody(kind: Kind, text: string): JsonObject {
  let body: Json;
  try {
    // As JSON, so that it holds no cycle (an anchor around its own alias) and nothing that JSON does not know.
    body = parseJson(JSON.stringify(parse(text, { uniqueKeys: false }) ?? {}));
  } catch (error) {
    throw badRequest(`error decoding YAML: error converting YAML to JSON: yaml: ${error instanceof Error ? error.message : ''}`);
  }
  const object = objectOf(body);
  if (object.apiVersion === apiVersionOf(kind) && object.kind === kind.kind) return object;
  const found = textOf(object.apiVersion);
  throw badRequest(`invalid object type: ${found.includes('/') ? found : `/${found}`}, Kind=${textOf(object.kind)}`);
}

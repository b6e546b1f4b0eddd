import { type JsonObject, metadataOf, nameOf, namespaceOf, objectOf, same } from '../json.ts';
import type { World } from '../world.ts';
import { authorise, identityOf } from './access.ts';
import { checkNamespace, isTerminating } from './admission/namespace.ts';
import { checkQuota } from './admission/quota.ts';
import { admit } from './admission.ts';
import { shapeError, undecodable } from './decode.ts';
import { withDefaults } from './defaults.ts';
import { type Kind, pods } from './kinds.ts';
import { named } from './names.ts';
import type { WriteOptions } from './options.ts';
import { releasable } from './removal.ts';
import { alreadyExists } from './status.ts';
import { validate, validateUpdate } from './validation/validate.ts';

/** A place for one object. `namespace` is empty for kinds without. */
export interface Target {
  kind: Kind;
  namespace: string;
  name: string;
}

/** How often the server tries another suffix when a generated name is taken. */
const NAME_ATTEMPTS = 8;

/** Makes a new object real, or shows what it would be: namespace, admission, validation, quota, name, in the server's order. */
export function commitNew(
  world: World,
  { kind, namespace }: Omit<Target, 'name'>,
  object: JsonObject,
  dryRun: boolean,
): JsonObject {
  const { store } = world;
  checkNamespace(store, kind, namespace, object);
  const { status, ...rest } = object;
  const body: JsonObject = kind.status || status === undefined ? rest : object;
  const generation = kind.custom || kind === pods ? { generation: 1 } : {};
  const {
    resourceVersion: _version,
    uid: _uid,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace,
    ...metadata
  } = metadataOf(body);
  const placed = { ...body, metadata: { ...metadata, ...generation, ...(kind.namespaced ? { namespace } : {}) } };
  const fresh = world.webhooks(kind, admit(store, kind, placed));
  validate(kind, fresh);
  checkQuota(world, kind, fresh);
  const taken = store.get(kind, namespace, nameOf(fresh));
  if (taken !== null) throw alreadyExists(kind, nameOf(fresh), isTerminating(taken));
  if (!dryRun) return store.put(kind, fresh);
  return { ...fresh, metadata: { creationTimestamp: store.time.text(), uid: crypto.randomUUID(), ...metadataOf(fresh) } };
}

/** The object with its defaults and a name that is free in its place. */
export function prepared(world: World, { kind, namespace }: Omit<Target, 'name'>, object: JsonObject): JsonObject {
  const filled = withDefaults(kind, object);
  let found = named(filled);
  for (let attempt = 1; attempt < NAME_ATTEMPTS && nameOf(filled) === ''; attempt += 1) {
    if (world.store.get(kind, namespace, nameOf(found)) === null) break;
    found = named(filled);
  }
  return found;
}

/**
 * Writes over what is there; `status` and the rest of the object are two halves that do not touch each other. An object that was
 * deleted goes for good when its last finalizer does.
 */
export function commitOver(world: World, kind: Kind, live: JsonObject, wanted: JsonObject, options: WriteOptions): JsonObject {
  const { store } = world;
  const { status, ...rest } = wanted;
  const { status: liveStatus, ...liveRest } = live;
  const body: JsonObject = options.subresource === 'status' ? { ...liveRest } : { ...rest };
  const chosen = options.subresource === 'status' || !kind.status ? status : liveStatus;
  if (chosen !== undefined) body.status = chosen;
  if (options.subresource === 'status') {
    body.metadata = { ...metadataOf(live), managedFields: metadataOf(wanted).managedFields ?? [] };
  }
  validateUpdate(kind, live, body);
  const object = { ...body, metadata: keptMetadata(live, body) };
  if (options.dryRun) return object;
  if (releasable(object)) {
    store.remove(kind, live);
    return object;
  }
  return same(object, live) ? live : store.put(kind, object);
}

const ofServer = ['uid', 'creationTimestamp', 'resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds'];

/** What only the server writes stays as it was; the generation counts changes of the spec. */
function keptMetadata(live: JsonObject, body: JsonObject): JsonObject {
  const before = metadataOf(live);
  const metadata: JsonObject = { ...metadataOf(body) };
  for (const field of ofServer) {
    const value = before[field];
    if (value === undefined) delete metadata[field];
    else metadata[field] = value;
  }
  const { generation } = before;
  if (typeof generation === 'number') {
    metadata.generation = same(objectOf(body.spec), objectOf(live.spec)) ? generation : generation + 1;
  }
  return metadata;
}

/**
 * Creates an object as a client of the API would, with all that a creation goes through; `user` besides needs the right to it. Throws
 * `ApiError`.
 */
export function createObject(world: World, kind: Kind, object: JsonObject, user?: string): JsonObject {
  const target = { kind, namespace: kind.namespaced ? namespaceOf(object) : '' };
  if (user !== undefined) {
    const attributes = {
      verb: 'create',
      group: kind.group,
      resource: kind.plural,
      namespace: target.namespace || null,
      name: '',
    };
    authorise(world, identityOf(user), kind, attributes);
  }
  const wrong = shapeError(kind, object);
  if (wrong !== null) throw undecodable(kind)(wrong);
  return commitNew(world, target, prepared(world, target, object), false);
}

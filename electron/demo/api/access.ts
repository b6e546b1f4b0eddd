import type { JsonObject } from '../json.ts';
import { type Kind, qualified } from './kinds.ts';
import { ApiError, detailsOf } from './status.ts';

/** Who asks. `administrator` may do everything, others read one namespace. */
export interface Identity {
  user: string;
  administrator: boolean;
  /** The namespace a non-administrator may read, secrets and subresources that act excepted. */
  readable: string | null;
}

export const administrator: Identity = { user: 'admin', administrator: true, readable: null };
export const viewer: Identity = { user: 'viewer', administrator: false, readable: 'default' };

/** What is asked for. `namespace` is null at cluster scope, `name` empty when there is none. */
export interface Attributes {
  verb: string;
  group: string;
  /** Plural, with the subresource: `pods/log`. */
  resource: string;
  namespace: string | null;
  name: string;
}

const reading = new Set(['get', 'list', 'watch']);
const closed = new Set(['secrets', 'pods/portforward', 'pods/exec', 'pods/attach']);

export function allowed(identity: Identity, attributes: Attributes): boolean {
  if (identity.administrator) return true;
  return reading.has(attributes.verb) && attributes.namespace === identity.readable && !closed.has(attributes.resource);
}

/** Throws the 403 that names user, verb, resource and scope. */
export function authorise(identity: Identity, kind: Kind, attributes: Attributes): void {
  if (allowed(identity, attributes)) return;
  const subject = attributes.name === '' ? qualified(kind) : `${qualified(kind)} "${attributes.name}"`;
  const scope = attributes.namespace === null ? 'at the cluster scope' : `in the namespace "${attributes.namespace}"`;
  const what = `cannot ${attributes.verb} resource "${attributes.resource}" in API group "${attributes.group}" ${scope}`;
  throw new ApiError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${identity.user}" ${what}`,
    detailsOf(kind, attributes.name),
  );
}

/** The answer to a SelfSubjectAccessReview. */
export function reviewAccess(identity: Identity, review: JsonObject, attributes: Attributes): JsonObject {
  const may = allowed(identity, attributes);
  const reason = `RBAC: allowed by RoleBinding "viewer/default" of ClusterRole "view" to User "${identity.user}"`;
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: review.spec ?? {},
    status: { allowed: may, ...(may && !identity.administrator ? { reason } : {}) },
  };
}

/** The answer to a SelfSubjectReview. */
export function reviewSelf(identity: Identity): JsonObject {
  const groups = identity.administrator ? ['system:masters', 'system:authenticated'] : ['system:authenticated'];
  return {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    status: { userInfo: { username: identity.user, groups } },
  };
}

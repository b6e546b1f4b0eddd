import type { World } from '../world.ts';
import { type Kind, qualified } from './kinds.ts';
import { type Attributes, decide, type Identity } from './rbac.ts';
import { ApiError, detailsOf } from './status.ts';

/** The two who hold a token of the demo cluster. What `viewer` may do is said by objects, see `roles.ts`. */
export const administrator: Identity = { user: 'admin', groups: ['system:masters', 'system:authenticated'] };
export const viewer: Identity = { user: 'viewer', groups: ['system:authenticated'] };

/** The identity behind a user's name, with the groups that come with a service account. */
export function identityOf(user: string): Identity {
  if (user === administrator.user) return administrator;
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(user) ?? [];
  const accounts = namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return { user, groups: [...accounts, 'system:authenticated'] };
}

/** Throws the 403 that names user, verb, resource and scope. */
export function authorise({ store }: Pick<World, 'store'>, identity: Identity, kind: Kind, attributes: Attributes): void {
  if (decide(store, identity, attributes) !== null) return;
  throw new ApiError(
    403,
    'Forbidden',
    `${attributes.name === '' ? qualified(kind) : `${qualified(kind)} "${attributes.name}"`} is forbidden: ` +
      `User "${identity.user}" cannot ${attributes.verb} resource "${attributes.resource}" in API group "${attributes.group}" ` +
      (attributes.namespace === null ? 'at the cluster scope' : `in the namespace "${attributes.namespace}"`),
    detailsOf(kind, attributes.name),
  );
}

/** Throws the 403 about a path that is no resource. */
export function authorisePath({ store }: Pick<World, 'store'>, identity: Identity, method: string, path: string): void {
  const verb = method.toLowerCase();
  if (decide(store, identity, { verb, path }) !== null) return;
  throw new ApiError(403, 'Forbidden', `forbidden: User "${identity.user}" cannot ${verb} path "${path}"`, {});
}

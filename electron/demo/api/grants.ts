import { type JsonObject, listOf, nameOf, namespaceOf, objectOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { clusterRoleBindings, clusterRoles, type Kind, qualified, roleBindings, roles } from './kinds.ts';
import { type Attributes, covers, decide, grantsOf, type Identity, type PathAttributes } from './rbac.ts';
import { ApiError, detailsOf, notFound } from './status.ts';

type Right = Attributes | PathAttributes;

/** Whether an object of this kind gives rights away. */
export const givesRights = (kind: Kind): boolean => [roles, clusterRoles, roleBindings, clusterRoleBindings].includes(kind);

/**
 * Nobody gives more rights than he has, by a role or by binding one, unless he may `escalate` or `bind` that role. Throws 403 with
 * each right that is missing, in the real server's words, and 404 for a role that is not there.
 */
export function checkRightsGiven({ store }: Pick<World, 'store'>, identity: Identity, kind: Kind, object: JsonObject): void {
  const namespace = namespaceOf(object) || null;
  const isRole = kind === roles || kind === clusterRoles;
  const { kind: named, name } = objectOf(object.roleRef);
  const role = isRole ? kind : named === 'Role' ? roles : clusterRoles;
  const roleName = isRole ? nameOf(object) : textOf(name);
  const verb = isRole ? 'escalate' : 'bind';
  const asked = { verb, group: role.group, resource: role.plural, namespace, name: roleName };
  if (decide(store, identity, asked) !== null) return;
  const given = isRole ? object : store.get(role, role.namespaced ? (namespace ?? '') : '', roleName);
  if (given === null) throw notFound(kind, roleName);
  const held = grantsOf(store, identity, namespace).map(({ rule }) => rule);
  const missing = rightsOf(given).filter((right) => !held.some((rule) => covers(rule, right)));
  if (missing.length === 0) return;
  const groups = identity.groups.map((group) => JSON.stringify(group)).join(' ');
  throw new ApiError(
    403,
    'Forbidden',
    `${qualified(kind)} "${nameOf(object)}" is forbidden: user "${identity.user}" (groups=[${groups}]) is attempting to grant RBAC ` +
      `permissions not currently held:\n${told(missing)}`,
    detailsOf(kind, nameOf(object)),
  );
}

/** A role's rules, each taken apart into single rights. */
function rightsOf(role: JsonObject): Right[] {
  return listOf(role.rules)
    .map(objectOf)
    .flatMap((rule) => {
      const words = (field: string): string[] => listOf(rule[field]).map(textOf);
      const names = words('resourceNames').length === 0 ? [''] : words('resourceNames');
      return words('verbs').flatMap((verb): Right[] => [
        ...words('nonResourceURLs').map((path) => ({ verb, path })),
        ...words('apiGroups').flatMap((group) =>
          words('resources').flatMap((resource) => names.map((name) => ({ verb, group, resource, namespace: null, name }))),
        ),
      ]);
    });
}

/** One line for each thing, with all its verbs, as Go prints the rules. */
function told(rights: Right[]): string {
  const verbs = new Map<string, string[]>();
  for (const right of rights) {
    const thing =
      'path' in right
        ? `NonResourceURLs:["${right.path}"]`
        : `APIGroups:["${right.group}"], Resources:["${right.resource}"]${right.name === '' ? '' : `, ResourceNames:["${right.name}"]`}`;
    verbs.set(thing, [...(verbs.get(thing) ?? []), JSON.stringify(right.verb)]);
  }
  return [...verbs]
    .map(([thing, its]) => `{${thing}, Verbs:[${its.join(' ')}]}`)
    .sort()
    .join('\n');
}

import { type JsonObject, listOf, nameOf, namespaceOf, objectOf, textOf } from '../json.ts';
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from './kinds.ts';
import type { Store } from './store.ts';

/** Who asks, as authentication knows it. */
export interface Identity {
  user: string;
  groups: string[];
}

/** A question about a resource. `namespace` is null at cluster scope, `name` empty when there is none. */
export interface Attributes {
  verb: string;
  group: string;
  /** Plural, with the subresource: `pods/log`. */
  resource: string;
  namespace: string | null;
  name: string;
}

/** A question about a path that is no resource, as `/version`. */
export interface PathAttributes {
  verb: string;
  path: string;
}

/** A rule that holds for an identity, and the binding it came by. */
export interface Grant {
  rule: JsonObject;
  /** `RoleBinding "viewer/default" of ClusterRole "view" to User "viewer"`. */
  by: string;
}

/** Members of this group may do everything, whatever the roles say. */
const MASTERS = 'system:masters';

/** Every rule that holds for `identity` in a namespace, or cluster-wide where that is null; those of cluster bindings first. */
export function grantsOf(store: Store, { user, groups }: Identity, namespace: string | null): Grant[] {
  const bindings = [...store.list(clusterRoleBindings, null), ...(namespace === null ? [] : store.list(roleBindings, namespace))];
  return bindings.flatMap((binding) => {
    const subject = listOf(binding.subjects)
      .map(objectOf)
      .find((one) => means(one, user, groups));
    if (subject === undefined) return [];
    const { kind, name } = objectOf(binding.roleRef);
    const role =
      kind === 'Role' ? store.get(roles, namespaceOf(binding), textOf(name)) : store.get(clusterRoles, '', textOf(name));
    const place = namespaceOf(binding);
    const bound = place === '' ? `ClusterRoleBinding "${nameOf(binding)}"` : `RoleBinding "${nameOf(binding)}/${place}"`;
    const to = `${textOf(subject.kind)} "${textOf(subject.name)}${subject.kind === 'ServiceAccount' ? `/${textOf(subject.namespace)}` : ''}"`;
    const by = `${bound} of ${textOf(kind)} "${textOf(name)}" to ${to}`;
    return listOf(role?.rules).map((rule) => ({ rule: objectOf(rule), by }));
  });
}

function means(subject: JsonObject, user: string, groups: string[]): boolean {
  const name = textOf(subject.name);
  if (subject.kind === 'User') return name === user;
  if (subject.kind === 'Group') return groups.includes(name);
  return user === `system:serviceaccount:${textOf(subject.namespace)}:${name}`;
}

/** Whether the rules allow it, and why: the reason is empty for a member of system:masters, null when nothing allows it. */
export function decide(store: Store, identity: Identity, asked: Attributes | PathAttributes): string | null {
  if (identity.groups.includes(MASTERS)) return '';
  const namespace = 'path' in asked ? null : asked.namespace;
  const found = grantsOf(store, identity, namespace).find(({ rule }) => covers(rule, asked));
  return found === undefined ? null : `RBAC: allowed by ${found.by}`;
}

/** Whether a rule allows what is asked, wherever it holds. */
export const covers = (rule: JsonObject, asked: Attributes | PathAttributes): boolean =>
  'path' in asked ? coversPath(rule, asked) : coversResource(rule, asked);

const has = (rule: JsonObject, field: string, word: string): boolean => {
  const words = listOf(rule[field]);
  return words.includes(word) || words.includes('*');
};

function coversResource(rule: JsonObject, { verb, group, resource, name }: Attributes): boolean {
  const names = listOf(rule.resourceNames);
  const [, subresource] = resource.split('/');
  return (
    has(rule, 'verbs', verb) &&
    has(rule, 'apiGroups', group) &&
    (has(rule, 'resources', resource) || (subresource !== undefined && listOf(rule.resources).includes(`*/${subresource}`))) &&
    (names.length === 0 || (name !== '' && names.includes(name)))
  );
}

function coversPath(rule: JsonObject, { verb, path }: PathAttributes): boolean {
  return (
    has(rule, 'verbs', verb) &&
    listOf(rule.nonResourceURLs).some((entry) => {
      const url = textOf(entry);
      return url.endsWith('*') ? path.startsWith(url.slice(0, -1)) : url === path;
    })
  );
}

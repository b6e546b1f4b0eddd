import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { createTime } from '../time.ts';
import { identityOf } from './access.ts';
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from './kinds.ts';
import { type Attributes, decide } from './rbac.ts';
import { createStore } from './store.ts';

const store = createStore(createTime(1));
const rule = (apiGroups: string[], resources: string[], verbs: string[], more: JsonObject = {}): JsonObject => ({
  apiGroups,
  resources,
  verbs,
  ...more,
});
const role = (name: string, ...rules: JsonObject[]): JsonObject => ({ metadata: { name, namespace: 'here' }, rules });
const bind = (name: string, kind: string, role: string, subject: JsonObject): JsonObject => ({
  metadata: { name, namespace: 'here' },
  roleRef: { kind, name: role },
  subjects: [subject],
});

store.put(roles, role('some', rule([''], ['pods', 'pods/log'], ['get']), rule(['*'], ['*/status'], ['get', 'patch'])));
store.put(roles, role('named', rule([''], ['secrets'], ['get', 'update'], { resourceNames: ['mine'] })));
store.put(clusterRoles, { metadata: { name: 'all' }, rules: [rule(['*'], ['*'], ['*'])] });
store.put(clusterRoles, { metadata: { name: 'paths' }, rules: [{ nonResourceURLs: ['/api/*', '/version'], verbs: ['get'] }] });
store.put(roleBindings, bind('some', 'Role', 'some', { kind: 'User', name: 'ann' }));
store.put(roleBindings, bind('named', 'Role', 'named', { kind: 'Group', name: 'system:serviceaccounts:here' }));
store.put(roleBindings, bind('all', 'ClusterRole', 'all', { kind: 'ServiceAccount', name: 'bot', namespace: 'there' }));
store.put(roleBindings, bind('broken', 'Role', 'absent', { kind: 'User', name: 'ann' }));
store.put(clusterRoleBindings, {
  metadata: { name: 'paths' },
  roleRef: { kind: 'ClusterRole', name: 'paths' },
  subjects: [{ kind: 'Group', name: 'system:authenticated' }],
});

const asking = (verb: string, resource: string, more: Partial<Attributes> = {}): Attributes => ({
  verb,
  group: '',
  resource,
  namespace: 'here',
  name: '',
  ...more,
});

const questions: [string, string, Attributes | { verb: string; path: string }, boolean][] = [
  ['a verb and a resource of the rule', 'ann', asking('get', 'pods'), true],
  ['a subresource of the rule', 'ann', asking('get', 'pods/log'), true],
  ['another subresource', 'ann', asking('get', 'pods/exec'), false],
  ['a subresource of all resources, in any group', 'ann', asking('patch', 'jobs/status', { group: 'batch' }), true],
  ['another verb', 'ann', asking('list', 'pods'), false],
  ['another namespace', 'ann', asking('get', 'pods', { namespace: 'there' }), false],
  ['no namespace', 'ann', asking('get', 'pods', { namespace: null }), false],
  ['another group', 'ann', asking('get', 'pods', { group: 'batch' }), false],
  ['another user', 'bob', asking('get', 'pods'), false],
  [
    'a named resource, by the group of its accounts',
    'system:serviceaccount:here:x',
    asking('get', 'secrets', { name: 'mine' }),
    true,
  ],
  ['a resource of another name', 'system:serviceaccount:here:x', asking('get', 'secrets', { name: 'other' }), false],
  ['a list where names are given', 'system:serviceaccount:here:x', asking('get', 'secrets'), false],
  ['everything, for a service account of another namespace', 'system:serviceaccount:there:bot', asking('delete', 'pods'), true],
  ['but only where it is bound', 'system:serviceaccount:there:bot', asking('delete', 'pods', { namespace: 'there' }), false],
  ['a path', 'ann', { verb: 'get', path: '/version' }, true],
  ['a path below one with a star', 'ann', { verb: 'get', path: '/api/v1' }, true],
  ['another path', 'ann', { verb: 'get', path: '/metrics' }, false],
  ['everything for a member of system:masters', 'admin', asking('delete', 'nodes', { namespace: null }), true],
];

test.each(questions)('%s', (_, user, asked, may) => {
  expect(decide(store, identityOf(user), asked) !== null).toBe(may);
});

test('the reason names binding, role and subject', () => {
  expect(decide(store, identityOf('ann'), asking('get', 'pods'))).toBe(
    'RBAC: allowed by RoleBinding "some/here" of Role "some" to User "ann"',
  );
  expect(decide(store, identityOf('system:serviceaccount:there:bot'), asking('get', 'pods'))).toBe(
    'RBAC: allowed by RoleBinding "all/here" of ClusterRole "all" to ServiceAccount "bot/there"',
  );
});

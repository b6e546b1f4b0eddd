import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;
const api = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
const roleRef = (name: string, kind = 'ClusterRole') => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
const bound = (name: string, role: string, user: string, kind?: string) => ({
  metadata: { name },
  roleRef: roleRef(role, kind),
  subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
});
const asMallory = (method: string, path: string, body: unknown, type = 'application/json') =>
  bench.ask(method, `${api}/${path}`, body, { 'Impersonate-User': 'mallory', 'Content-Type': type });
const nodes = { apiGroups: [''], resources: ['nodes'], verbs: ['get'] };

beforeAll(async () => {
  bench = await openBench({ operators: ['kubeflow'] });
  await bench.ask('POST', `${api}/rolebindings`, bound('mallory', 'admin', 'mallory'));
  await bench.ask('POST', `${api}/roles`, { metadata: { name: 'reads-nodes' }, rules: [nodes] });
});
afterAll(() => bench.cluster.close());

// Answers as a real server of version 1.36 gave them.
const forbidden = (what: string, name: string, ...missing: string[]) => ({
  status: 403,
  body: {
    message:
      `${what}.rbac.authorization.k8s.io "${name}" is forbidden: user "mallory" (groups=["system:authenticated"]) is attempting to ` +
      `grant RBAC permissions not currently held:\n${missing.join('\n')}`,
  },
});

describe('who administers a namespace gives no more rights than his own', () => {
  test('by a role', async () => {
    const rules = [
      { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get', 'bind'] },
    ];
    expect(await asMallory('POST', 'roles', { metadata: { name: 'escalates' }, rules })).toMatchObject(
      forbidden(
        'roles',
        'escalates',
        '{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}',
        '{APIGroups:[""], Resources:["secrets"], ResourceNames:["a"], Verbs:["bind"]}',
        '{APIGroups:["apps"], Resources:["*"], Verbs:["*"]}',
      ),
    );
    expect((await bench.ask('GET', `${api}/roles/escalates`)).status).toBe(404);
  });

  test('by binding a role', async () => {
    expect(await asMallory('POST', 'rolebindings', bound('all', 'cluster-admin', 'mallory'))).toMatchObject(
      forbidden('rolebindings', 'all', '{APIGroups:["*"], Resources:["*"], Verbs:["*"]}', '{NonResourceURLs:["*"], Verbs:["*"]}'),
    );
    expect(await asMallory('POST', 'rolebindings', bound('nodes', 'reads-nodes', 'mallory', 'Role'))).toMatchObject({
      status: 403,
    });
    expect(await asMallory('POST', 'rolebindings', bound('none', 'nonexistent', 'mallory'))).toMatchObject({
      status: 404,
      body: { message: 'rolebindings.rbac.authorization.k8s.io "nonexistent" not found' },
    });
  });

  test('by a patch', async () => {
    const patch = [{ op: 'add', path: '/rules/0/verbs/-', value: 'list' }];
    expect(await asMallory('PATCH', 'roles/reads-nodes', patch, 'application/json-patch+json')).toMatchObject(
      forbidden('roles', 'reads-nodes', '{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}'),
    );
  });

  test('but gives those', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    expect((await asMallory('POST', 'roles', { metadata: { name: 'reads-pods' }, rules })).status).toBe(201);
    expect((await asMallory('POST', 'rolebindings', bound('bob', 'view', 'bob'))).status).toBe(201);
  });

  test('unless he may escalate and bind', async () => {
    const rules = [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['escalate', 'bind'] }];
    await bench.ask('POST', `${api}/roles`, { metadata: { name: 'trusted' }, rules });
    await bench.ask('POST', `${api}/rolebindings`, bound('trusted', 'trusted', 'mallory', 'Role'));
    expect((await asMallory('POST', 'roles', { metadata: { name: 'more' }, rules: [nodes] })).status).toBe(201);
    expect((await asMallory('POST', 'rolebindings', bound('more', 'more', 'mallory', 'Role'))).status).toBe(201);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../../electron/clusters/index.ts';
import { applicationsPath, corePath, readList, sleepingApplication } from './objects.ts';
import { failureOf, openTarget, type Target, unique, until } from './target.ts';
import { readWatch } from './watching.ts';

let target: Target;

beforeAll(async () => {
  target = await openTarget();
});

afterAll(() => target?.close());

function viewer(context: { skip(reason: string): never }): Cluster {
  return target.viewer ?? context.skip('the kubeconfig has no context <context>-viewer');
}

test('a viewer may read its namespace', async (context) => {
  const answer = await viewer(context).request({ method: 'GET', path: applicationsPath('default') });
  expect(readList(answer.body).kind).toBe('SparkApplicationList');
});

test('a viewer may not create, and is told so by name', async (context) => {
  const path = applicationsPath('default');
  const failure = await failureOf(viewer(context).request({ method: 'POST', path, body: sleepingApplication('no') }));
  expect(failure).toEqual({
    code: 'forbidden',
    verb: 'create',
    resource: 'sparkapplications',
    group: 'sparkoperator.k8s.io',
    namespace: 'default',
    user: 'viewer',
    message:
      'sparkapplications.sparkoperator.k8s.io is forbidden: User "viewer" cannot create resource "sparkapplications" ' +
      'in API group "sparkoperator.k8s.io" in the namespace "default"',
  });
});

test('a viewer may not look outside its namespace', async (context) => {
  const everywhere = await failureOf(viewer(context).request({ method: 'GET', path: '/api/v1/pods' }));
  expect(everywhere).toMatchObject({ code: 'forbidden', verb: 'list', resource: 'pods', group: '', namespace: null });
  const elsewhere = readWatch(viewer(context), applicationsPath('kube-system'), {});
  expect(await failureOf(elsewhere)).toMatchObject({ code: 'forbidden', verb: 'watch', namespace: 'kube-system' });
});

test('a viewer may read no secrets and open no ports', async (context) => {
  const secrets = await failureOf(viewer(context).request({ method: 'GET', path: corePath('default', 'secrets') }));
  expect(secrets).toMatchObject({ code: 'forbidden', verb: 'list', resource: 'secrets' });
  const path = `${corePath('default', 'pods')}/some-driver/portforward`;
  const opening = viewer(context).websocket(path, { ports: 4040 }, ['v4.channel.k8s.io'], AbortSignal.timeout(5000));
  expect(await failureOf(opening)).toMatchObject({ code: 'forbidden' });
});

test('a review tells beforehand', async (context) => {
  const may = async (cluster: Cluster, verb: string): Promise<unknown> => {
    const resourceAttributes = { namespace: 'default', verb, group: 'sparkoperator.k8s.io', resource: 'sparkapplications' };
    const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
    const answer = await cluster.request({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  expect(await may(target.admin, 'create')).toMatchObject({ status: { allowed: true } });
  expect(await may(viewer(context), 'create')).toMatchObject({ status: { allowed: false } });
  expect(await may(viewer(context), 'list')).toMatchObject({ status: { allowed: true } });
});

test('the server tells who is asking', async (context) => {
  const answer = await viewer(context).request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  });
  expect(answer.body).toMatchObject({ status: { userInfo: { username: 'viewer' } } });
});

test('the server tells its version and what it serves', async () => {
  const version = await target.admin.request({ method: 'GET', path: '/version' });
  expect(version.body).toMatchObject({ major: '1', gitVersion: expect.stringMatching(/^v1\.\d+/) });
  const group = await target.admin.request({ method: 'GET', path: '/apis/sparkoperator.k8s.io/v1beta2' });
  expect(group.body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'sparkoperator.k8s.io/v1beta2' });
  const resources = JSON.stringify(group.body);
  for (const name of ['sparkapplications', 'sparkapplications/status', 'scheduledsparkapplications']) {
    expect(resources).toContain(`"name":"${name}"`);
  }
});

test('the schema of applications is published', async () => {
  const index = await target.admin.request({ method: 'GET', path: '/openapi/v3' });
  const document = 'apis/sparkoperator.k8s.io/v1beta2';
  expect(JSON.stringify(index.body)).toContain(`"/openapi/v3/${document}?hash=`);
  const published = await target.admin.request({ method: 'GET', path: `/openapi/v3/${document}` });
  expect(published.body).toMatchObject({
    components: {
      schemas: {
        'io.k8s.sparkoperator.v1beta2.SparkApplication': {
          properties: { spec: { required: ['driver', 'executor', 'mainApplicationFile', 'sparkVersion', 'type'] } },
        },
      },
    },
  });
});

const reviews = '/apis/authorization.k8s.io/v1';
const ask = async (cluster: Cluster, path: string, spec: unknown, metadata: Record<string, string> = {}): Promise<unknown> => {
  const answer = await cluster.request({ method: 'POST', path: `${reviews}/${path}`, body: { metadata, spec } });
  expect(answer.status).toBe(201);
  return answer.body;
};

test('a review names the binding it goes by', async (context) => {
  const about = (resource: string, subresource: string) => ({
    resourceAttributes: { namespace: 'default', verb: 'get', resource, subresource },
  });
  const reason = 'RBAC: allowed by RoleBinding "viewer/default" of ClusterRole "view" to User "viewer"';
  expect(await ask(viewer(context), 'selfsubjectaccessreviews', about('pods', 'log'))).toMatchObject({
    status: { allowed: true, reason },
  });
  expect(await ask(viewer(context), 'selfsubjectaccessreviews', about('pods', 'exec'))).toMatchObject({
    status: { allowed: false },
  });
  const path = { nonResourceAttributes: { path: '/apis', verb: 'get' } };
  expect(await ask(viewer(context), 'selfsubjectaccessreviews', path)).toMatchObject({
    status: {
      reason:
        'RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"',
    },
  });
});

test('the service account of a driver may make pods and read no secrets', async () => {
  const user = 'system:serviceaccount:default:spark';
  const about = (verb: string, resource: string) => ({ user, resourceAttributes: { namespace: 'default', verb, resource } });
  for (const resource of ['pods', 'services', 'configmaps', 'persistentvolumeclaims']) {
    expect(await ask(target.admin, 'subjectaccessreviews', about('create', resource))).toMatchObject({
      status: {
        allowed: true,
        reason:
          'RBAC: allowed by RoleBinding "spark-driver/default" of ClusterRole "spark-driver" to ServiceAccount "spark/default"',
      },
    });
  }
  expect(await ask(target.admin, 'subjectaccessreviews', about('list', 'secrets'))).toMatchObject({ status: { allowed: false } });
  const local = await ask(target.admin, 'namespaces/default/localsubjectaccessreviews', about('delete', 'pods'), {
    namespace: 'default',
  });
  expect(local).toMatchObject({ kind: 'LocalSubjectAccessReview', status: { allowed: true } });
});

test('only those who may ask about others, and only about something', async (context) => {
  const path = `${reviews}/subjectaccessreviews`;
  const failure = await failureOf(viewer(context).request({ method: 'POST', path, body: { spec: { user: 'admin' } } }));
  expect(failure).toMatchObject({
    message:
      'subjectaccessreviews.authorization.k8s.io is forbidden: User "viewer" cannot create resource "subjectaccessreviews" in API ' +
      'group "authorization.k8s.io" at the cluster scope',
  });
  const empty = await failureOf(target.admin.request({ method: 'POST', path, body: { spec: {} } }));
  expect(empty).toMatchObject({
    message: expect.stringContaining('exactly one of nonResourceAttributes or resourceAttributes must be specified'),
  });
});

test('a list of rules is what reviews would say', async (context) => {
  const body = await ask(viewer(context), 'selfsubjectrulesreviews', { namespace: 'default' });
  expect(body).toMatchObject({ status: { incomplete: false } });
  const rules = JSON.stringify(body);
  expect(rules).toContain('"apiGroups":["sparkoperator.k8s.io","spark.apache.org","radanalytics.io"],"resources":["*"]');
  expect(rules).toContain('pods/log');
  expect(rules).not.toContain('pods/exec');
  const failure = await failureOf(ask(viewer(context), 'selfsubjectrulesreviews', {}));
  expect(failure).toMatchObject({ message: 'no namespace on request' });
});

test('rights come and go with their objects, names of resources included', async (context) => {
  const cluster = viewer(context);
  const name = unique('rights');
  const roles = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
  const rules = [{ apiGroups: [''], resources: ['secrets'], resourceNames: [name], verbs: ['get'] }];
  await target.admin.request({ method: 'POST', path: `${roles}/roles`, body: { metadata: { name }, rules } });
  const binding = { metadata: { name }, roleRef: { kind: 'Role', name }, subjects: [{ kind: 'User', name: 'viewer' }] };
  await target.admin.request({ method: 'POST', path: `${roles}/rolebindings`, body: binding });
  const secret = (wanted: string) =>
    failureOf(cluster.request({ method: 'GET', path: `${corePath('default', 'secrets')}/${wanted}` }));
  const found = await until('the right', 10, async () => {
    const failure = await secret(name);
    return failure.code === 'not-found' ? failure : null;
  });
  expect(found).toMatchObject({ kind: 'secrets', name });
  expect((await secret('another')).code).toBe('forbidden');
  await target.admin.request({ method: 'DELETE', path: `${roles}/rolebindings/${name}` });
  await target.admin.request({ method: 'DELETE', path: `${roles}/roles/${name}` });
  await until('the right is gone', 10, async () => ((await secret(name)).code === 'forbidden' ? true : null));
});

test('a path that is no resource has its own refusal', async (context) => {
  expect(await failureOf(viewer(context).request({ method: 'GET', path: '/metrics' }))).toMatchObject({
    message: 'forbidden: User "viewer" cannot get path "/metrics"',
  });
});

test('what is installed is listed as definitions', async () => {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const list = await target.admin.request({ method: 'GET', path });
  const names = readList(list.body).items.map(({ metadata }) => metadata.name);
  expect(names).toEqual(
    expect.arrayContaining([
      'sparkapplications.sparkoperator.k8s.io',
      'sparkapplications.spark.apache.org',
      'sparkclusters.radanalytics.io',
    ]),
  );
  const one = await target.admin.request({ method: 'GET', path: `${path}/sparkapplications.sparkoperator.k8s.io` });
  expect(one.body).toMatchObject({
    spec: { group: 'sparkoperator.k8s.io', names: { kind: 'SparkApplication', shortNames: ['sparkapp'] }, scope: 'Namespaced' },
    status: { storedVersions: ['v1beta2'] },
  });
});

test('the schemas of built-in kinds are published too, with the keys of their lists', async () => {
  const published = await target.admin.request({ method: 'GET', path: '/openapi/v3/api/v1' });
  const schemas = JSON.stringify(published.body);
  for (const kind of ['Pod', 'Service', 'ConfigMap', 'ResourceQuota']) expect(schemas).toContain(`"io.k8s.api.core.v1.${kind}":`);
  expect(schemas).toContain('"x-kubernetes-list-map-keys":["containerPort","protocol"]');
});

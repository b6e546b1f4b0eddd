import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../../electron/clusters/index.ts';
import { applicationsPath, corePath, readList, sleepingApplication } from './objects.ts';
import { failureOf, openTarget, type Target } from './target.ts';
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

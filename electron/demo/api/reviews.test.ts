import { afterAll, beforeAll, expect, test } from 'vitest';
import { at } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: [] });
});

afterAll(() => bench.cluster.close());

const self = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

test('the administrator may act as somebody else, with the rights of that one', async () => {
  const driver = { 'Impersonate-User': 'system:serviceaccount:default:spark' };
  const { body } = await bench.ask('POST', self, {}, driver);
  expect(at(body, 'status', 'userInfo')).toEqual({
    username: 'system:serviceaccount:default:spark',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
  });
  expect((await bench.ask('GET', '/api/v1/namespaces/default/pods', undefined, driver)).status).toBe(200);
  const refused = await bench.ask('GET', '/api/v1/namespaces/default/secrets', undefined, driver);
  expect(refused).toMatchObject({
    status: 403,
    body: {
      message:
        'secrets is forbidden: User "system:serviceaccount:default:spark" cannot list resource "secrets" in API group "" in the ' +
        'namespace "default"',
    },
  });
});

test('nobody else may', async () => {
  const headers = { Authorization: `Bearer ${bench.cluster.viewerToken}`, 'Impersonate-User': 'admin' };
  const { body } = await bench.ask('POST', self, {}, headers);
  expect(at(body, 'status', 'userInfo', 'username')).toBe('viewer');
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, type JsonObject, textOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.cluster.close());

const settled = { timeout: 5000, interval: 5 };
const core = (plural: string): string => `/api/v1/namespaces/default/${plural}`;
const get = (plural: string, name: string): JsonObject => bench.cluster.api.get(plural, 'default', name) ?? {};
const create = (plural: string, kind: string, name: string, spec: JsonObject) =>
  bench.ask('POST', core(plural), { apiVersion: 'v1', kind, metadata: { name }, spec });
const reasons = (name: string): string[] =>
  bench.cluster.api
    .list('events', 'default')
    .flatMap((event) => (at(event, 'involvedObject', 'name') === name ? [textOf(event.reason)] : []));
const claim = (more: JsonObject = {}): JsonObject => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
  ...more,
});
const pod = (more: JsonObject = {}): JsonObject => ({
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 1,
  containers: [
    {
      name: 'main',
      image: 'spark:3.5.7',
      command: ['sh', '-c', 'sleep 300'],
      resources: { requests: { cpu: '250m', memory: '300M' }, limits: { memory: '1500Mi' } },
    },
  ],
  ...more,
});

const merge = { 'Content-Type': 'application/merge-patch+json' };

test('a quota counts what is there, while it is there', async () => {
  const hard = { pods: '3', 'requests.cpu': '1', 'limits.memory': '2Gi', 'requests.memory': '1Gi', 'count/jobs.batch': '2' };
  await create('resourcequotas', 'ResourceQuota', 'room', { hard });
  const used = () => at(get('resourcequotas', 'room'), 'status', 'used');
  const nothing = { pods: '0', 'requests.cpu': '0', 'limits.memory': '0', 'requests.memory': '0', 'count/jobs.batch': '0' };
  await vi.waitFor(() => expect(used()).toEqual(nothing), settled);
  await create('pods', 'Pod', 'counted', pod());
  const some = {
    pods: '1',
    'requests.cpu': '250m',
    'limits.memory': '1500Mi',
    'requests.memory': '300M',
    'count/jobs.batch': '0',
  };
  await vi.waitFor(() => expect(used()).toEqual(some), settled);
  const refused = await create('pods', 'Pod', 'too-much', pod());
  expect(refused.status).toBe(403);
  expect(refused.body.message).toContain(
    'requested: limits.memory=1500Mi, used: limits.memory=1500Mi, limited: limits.memory=2Gi',
  );
  await bench.ask('DELETE', `${core('pods')}/counted`);
  await vi.waitFor(() => expect(used()).toEqual(nothing), settled);
  await bench.ask('PATCH', `${core('resourcequotas')}/room`, { spec: { hard: { 'limits.memory': '1500Mi' } } }, merge);
  expect((await create('pods', 'Pod', 'just-fits', pod())).status).toBe(201);
  await bench.ask('DELETE', `${core('pods')}/just-fits`);
  await bench.ask('DELETE', `${core('resourcequotas')}/room`);
});

describe('a claim', () => {
  test('is bound at once, and its pod runs', async () => {
    await create('persistentvolumeclaims', 'PersistentVolumeClaim', 'work', claim());
    const volumes = [{ name: 'work', persistentVolumeClaim: { claimName: 'work' } }];
    await create('pods', 'Pod', 'worker', pod({ volumes }));
    await vi.waitFor(() => expect(at(get('pods', 'worker'), 'status', 'phase')).toBe('Running'), settled);
    expect(get('persistentvolumeclaims', 'work')).toMatchObject({
      spec: { storageClassName: 'standard', volumeMode: 'Filesystem', volumeName: expect.stringMatching(/^pvc-/) },
      status: { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] },
    });
    expect(reasons('work')).toEqual(['ProvisioningSucceeded']);
  });

  test('that is deleted stays as long as a pod uses it', async () => {
    await bench.ask('DELETE', `${core('persistentvolumeclaims')}/work`);
    expect(at(get('persistentvolumeclaims', 'work'), 'metadata', 'deletionTimestamp')).toBeDefined();
    await bench.ask('DELETE', `${core('pods')}/worker`);
    await vi.waitFor(() => expect(get('persistentvolumeclaims', 'work')).toEqual({}), settled);
  });

  test.each([
    ['nosuch', 'ProvisioningFailed'],
    ['', 'FailedBinding'],
  ])('of the class %j waits', async (storageClassName, reason) => {
    const name = `waits-${reason.toLowerCase()}`;
    await create('persistentvolumeclaims', 'PersistentVolumeClaim', name, claim({ storageClassName }));
    await vi.waitFor(() => expect(reasons(name)).toEqual([reason]), settled);
    expect(at(get('persistentvolumeclaims', name), 'status', 'phase')).toBe('Pending');
  });
});

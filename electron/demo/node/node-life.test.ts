import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { at, isObject, type JsonObject, listOf, metadataOf, textOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ nodes: { count: 2 } });
});

afterAll(() => bench.cluster.close());

const pods = '/api/v1/namespaces/default/pods';
const settled = { timeout: 5000, interval: 5 };
const { get, list } = {
  get: (plural: string, name: string): JsonObject =>
    bench.cluster.api.get(plural, plural === 'nodes' ? '' : 'default', name) ?? {},
  list: (plural: string): JsonObject[] => bench.cluster.api.list(plural),
};
const conditionsOf = (object: JsonObject): JsonObject[] => listOf(at(object, 'status', 'conditions')).filter(isObject);
const ready = (object: JsonObject): JsonObject => conditionsOf(object).find(({ type }) => type === 'Ready') ?? {};
const reasons = (name: string): string[] =>
  list('events').flatMap((event) => (at(event, 'involvedObject', 'name') === name ? [textOf(event.reason)] : []));
const control = (what: string, node: string) => bench.ask('POST', `/control/nodes/${what}`, { node });

const create = (name: string, restartPolicy: string, tolerationSeconds: number) => {
  const toleration = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds };
  const container = { name: 'main', image: 'spark:3.5.7', command: ['sh', '-c', 'sleep 300'] };
  const spec = { nodeName: 'demo-1', restartPolicy, tolerations: [toleration], containers: [container] };
  return bench.ask('POST', pods, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
};
const running = (name: string) => vi.waitFor(() => expect(ready(get('pods', name)).status).toBe('True'), settled);

test('a lost node is given up, its pods are told so and deleted, and they go when it returns', async () => {
  await create('short', 'Never', 30);
  await create('long', 'Always', 100_000);
  await Promise.all([running('short'), running('long')]);

  expect((await control('lose', 'demo-1')).body).toEqual({ lost: 'demo-1' });
  expect(ready(get('nodes', 'demo-1')).status).toBe('True');
  await vi.waitFor(() => expect(ready(get('nodes', 'demo-1')).status).toBe('Unknown'), settled);
  expect(ready(get('nodes', 'demo-1'))).toMatchObject({
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
  expect(listOf(at(get('nodes', 'demo-1'), 'spec', 'taints'))).toMatchObject([
    { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
  ]);
  expect(ready(get('pods', 'long')).status).toBe('False');
  expect(at(get('pods', 'long'), 'status', 'phase')).toBe('Running');

  await vi.waitFor(() => expect(metadataOf(get('pods', 'short')).deletionTimestamp).toBeDefined(), settled);
  expect(conditionsOf(get('pods', 'short'))).toContainEqual(expect.objectContaining({ reason: 'DeletionByTaintManager' }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(at(get('pods', 'short'), 'status', 'phase')).toBe('Running');

  await control('recover', 'demo-1');
  await vi.waitFor(() => expect(get('pods', 'short')).toEqual({}), settled);
  await running('long');
  expect(listOf(at(get('pods', 'long'), 'status', 'containerStatuses'))).toMatchObject([
    { restartCount: 1, lastState: { terminated: { exitCode: 255, reason: 'Unknown' } } },
  ]);
  expect(ready(get('nodes', 'demo-1')).status).toBe('True');
  expect(at(get('nodes', 'demo-1'), 'spec', 'taints')).toBeUndefined();
  expect(reasons('demo-1')).toEqual(['NodeNotReady', 'NodeReady']);
  expect(reasons('short')).toEqual(expect.arrayContaining(['NodeNotReady', 'TaintManagerEviction']));
});

test('what a lost node holds can be forced away', async () => {
  await create('stuck', 'Never', 0);
  await running('stuck');
  await control('lose', 'demo-1');
  await vi.waitFor(() => expect(metadataOf(get('pods', 'stuck')).deletionTimestamp).toBeDefined(), settled);
  await bench.ask('DELETE', `${pods}/stuck?gracePeriodSeconds=0`);
  expect(get('pods', 'stuck')).toEqual({});
  await control('recover', 'demo-1');
});

test('a node that comes back in time was never gone', async () => {
  await create('lucky', 'Always', 300);
  await running('lucky');
  await control('lose', 'demo-1');
  await control('recover', 'demo-1');
  await running('lucky');
  expect(reasons('lucky')).not.toContain('NodeNotReady');
});

test('an eviction marks the pod and ends it gracefully', async () => {
  await create('evicted', 'Never', 300);
  await running('evicted');
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'evicted' } };
  const answer = await bench.ask('POST', `${pods}/evicted/eviction`, body);
  expect(answer).toMatchObject({ status: 201, body: { kind: 'Status', status: 'Success' } });
  const why = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
  expect(conditionsOf(get('pods', 'evicted'))).toContainEqual(expect.objectContaining(why));
  await vi.waitFor(() => expect(get('pods', 'evicted')).toEqual({}), settled);
  expect(reasons('evicted')).toContain('Killing');
});

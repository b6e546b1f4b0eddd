import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { JsonObject } from '../json.ts';
import { metadataOf, nameOf, uidOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: [] });
});

afterAll(() => bench.cluster.close());

const put = (name: string, metadata: JsonObject = {}): JsonObject =>
  bench.cluster.api.put('configmaps', { metadata: { name, namespace: 'default', ...metadata } });
const get = (name: string): JsonObject | null => bench.cluster.api.get('configmaps', 'default', name);
const ownedBy = (...owners: JsonObject[]): JsonObject => ({
  ownerReferences: owners.map((owner) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: nameOf(owner),
    uid: uidOf(owner),
    blockOwnerDeletion: true,
  })),
});
const remove = (name: string, propagationPolicy: string) =>
  bench.ask('DELETE', `/api/v1/namespaces/default/configmaps/${name}?propagationPolicy=${propagationPolicy}`);
const soon = { timeout: 3000, interval: 2 };

test('a thousand dependents go with their owner, and nothing else does', async () => {
  const owner = put('owner');
  for (let number = 0; number < 1000; number += 1) put(`child-${number}`, ownedBy(owner));
  put('bystander', ownedBy(put('other')));
  await remove('owner', 'Background');
  const left = () => bench.cluster.api.list('configmaps', 'default').filter((map) => nameOf(map).startsWith('child-'));
  await vi.waitFor(() => expect(left()).toEqual([]), soon);
  expect(get('bystander')).not.toBeNull();
});

test('whole trees end in the foreground from their leaves on', async () => {
  const root = put('root');
  const branch = put('branch', ownedBy(root));
  put('leaf', { ...ownedBy(branch), finalizers: ['example.com/hold'] });
  await remove('root', 'Foreground');
  await vi.waitFor(() => expect(metadataOf(get('leaf') ?? {})).toHaveProperty('deletionTimestamp'), soon);
  expect(metadataOf(get('branch') ?? {})).toMatchObject({ finalizers: ['foregroundDeletion'] });
  expect(get('root')).not.toBeNull();
  const path = '/api/v1/namespaces/default/configmaps/leaf';
  await bench.ask('PATCH', path, { metadata: { finalizers: null } }, { 'Content-Type': 'application/merge-patch+json' });
  await vi.waitFor(() => expect([get('leaf'), get('branch'), get('root')]).toEqual([null, null, null]), soon);
});

test('one that gets its owner later goes with it, one that lost the reference stays', async () => {
  const owner = put('late');
  put('adopted');
  put('released', ownedBy(owner));
  put('adopted', ownedBy(owner));
  put('released');
  await remove('late', 'Background');
  await vi.waitFor(() => expect(get('adopted')).toBeNull(), soon);
  expect(get('released')).not.toBeNull();
});

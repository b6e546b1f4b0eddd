import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../electron/platform/world.ts';
import { type Change, createWatchCaches, type Resource, type WatchCaches } from '../../electron/watch/index.ts';
import type { Freshness } from '../../shared/contract/freshness.ts';
import { configMap, corePath, ownNamespace } from './objects.ts';
import { openTarget, quiet, type Target, until } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
let caches: WatchCaches;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  caches = createWatchCaches({ clusters: target.clusters, clock: systemClock, random: Math.random, log: quiet });
});

afterAll(async () => {
  caches?.close();
  await own?.remove();
  await target?.close();
});

/** What a subscriber of the product's caches sees. */
function follow(resource: Resource) {
  const changes: Change[] = [];
  const freshness: Freshness[] = [];
  const close = caches.subscribe(target.context, resource, {
    onChanges: (batch) => changes.push(...batch),
    onFreshness: (next) => freshness.push(next),
  });
  return { changes, freshness, close, state: () => freshness.at(-1)?.state ?? null };
}

test('a cache lists, goes live and follows', async () => {
  const path = corePath(own.namespace, 'configmaps');
  await target.admin.request({ method: 'POST', path, body: configMap('before') });
  const seen = follow({ group: '', version: 'v1', plural: 'configmaps', namespace: own.namespace });
  await until('live', 10, () => (seen.state() === 'live' ? true : null));
  expect(seen.changes.map((change) => [change.type, change.object.metadata.name])).toContainEqual(['listed', 'before']);

  await target.admin.request({ method: 'POST', path, body: configMap('after') });
  await target.admin.request({ method: 'DELETE', path: `${path}/before` });
  await until('both changes', 10, () => (seen.changes.some((change) => change.type === 'deleted') ? true : null));
  const told = seen.changes.filter((change) => change.type !== 'listed').map(({ type, object }) => [type, object.metadata.name]);
  expect(told).toEqual([
    ['added', 'after'],
    ['deleted', 'before'],
  ]);
  expect(seen.changes.some((change) => 'managedFields' in change.object.metadata)).toBe(false);
  seen.close();
});

test('a kind that is not installed is refused as absent', async () => {
  const seen = follow({ group: 'absent.example.com', version: 'v1', plural: 'things', namespace: null });
  await until('refused', 10, () => (seen.state() === 'refused' ? true : null));
  expect(seen.freshness.at(-1)).toMatchObject({ failure: { code: 'kind-absent', group: 'absent.example.com' } });
  seen.close();
});

test('a cache survives resets and a compaction of the server', async (context) => {
  const { demo } = target;
  if (demo === null) return context.skip('a real cluster does not fail on command');
  const path = corePath(own.namespace, 'configmaps');
  const seen = follow({ group: '', version: 'v1', plural: 'configmaps', namespace: own.namespace });
  await until('live', 10, () => (seen.state() === 'live' ? true : null));
  demo.faults.add({ match: { path: 'configmaps.*watch' }, nth: 1, kind: 'status', status: 503 });
  expect(demo.faults.now({ path: `${own.namespace}/configmaps.*watch` }, 'reset')).toBe(1);
  await target.admin.request({ method: 'POST', path, body: configMap('meanwhile') });
  demo.api.compact();
  await until('the missed object', 10, () =>
    seen.changes.some(({ object }) => object.metadata.name === 'meanwhile') ? true : null,
  );
  await until('live again', 10, () => (seen.state() === 'live' ? true : null));
  demo.faults.clear();
  seen.close();
});

test.each(['reset', 'end', 'half-close'] as const)('a cache goes on after its stream is struck: %s', async (kind) => {
  const { demo } = target;
  if (demo === null) return;
  const path = corePath(own.namespace, 'configmaps');
  const seen = follow({ group: '', version: 'v1', plural: 'configmaps', namespace: own.namespace });
  await until('live', 10, () => (seen.state() === 'live' ? true : null));
  expect(demo.faults.now({ path: `${own.namespace}/configmaps.*watch` }, kind)).toBe(1);
  await target.admin.request({ method: 'POST', path, body: configMap(`after-${kind}`) });
  await until('what came meanwhile', 10, () =>
    seen.changes.some(({ object }) => object.metadata.name === `after-${kind}`) ? true : null,
  );
  await until('live again', 10, () => (seen.state() === 'live' ? true : null));
  seen.close();
});

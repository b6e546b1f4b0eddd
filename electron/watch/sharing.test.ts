import { afterEach, expect, test, vi } from 'vitest';
import { createHarness, type Harness, pods } from './testing/harness.ts';
import { createView } from './testing/view.ts';

let harness: Harness | null = null;

afterEach(async () => {
  await harness?.close();
  harness = null;
});

test('subscribers of one resource share one list and one watch; a late one is replayed', async () => {
  harness = await createHarness();
  const { server, caches } = harness;
  server.objects.add('one');
  const first = createView();
  caches.subscribe('test', pods, first);
  await vi.waitFor(() => expect(server.objects.watchers).toBe(1));
  server.objects.add('two');
  await vi.waitFor(() => expect(first.objects.size).toBe(2));
  const late = createView();
  caches.subscribe('test', { ...pods }, late);
  expect(late.versions()).toEqual(server.objects.versions());
  expect(late.batches).toMatchObject([{ reset: true, changes: [{ type: 'listed' }, { type: 'listed' }] }]);
  expect(late.freshness).toBe('live');
  expect(server.requests).toHaveLength(2);
  const elsewhere = createView();
  caches.subscribe('test', { ...pods, namespace: 'other' }, elsewhere);
  await vi.waitFor(() => expect(server.requests).toHaveLength(4));
});

test('a cache outlives its last subscriber by the linger, and no longer', async () => {
  harness = await createHarness({ linger: 80 });
  const { server, caches } = harness;
  const unsubscribe = caches.subscribe('test', pods, createView());
  await vi.waitFor(() => expect(server.objects.watchers).toBe(1));
  unsubscribe();
  const again = createView();
  const unsubscribeAgain = caches.subscribe('test', pods, again);
  expect(again.freshness).toBe('live');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(server.objects.watchers).toBe(1);
  unsubscribeAgain();
  unsubscribeAgain();
  await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  expect(server.requests).toHaveLength(2);
});

test('nothing is told after unsubscribing, not even while opening or from inside a batch', async () => {
  harness = await createHarness();
  const { server, caches } = harness;
  for (let index = 0; index < 5; index += 1) server.objects.add(`pod-${index}`);
  const other = createView();
  caches.subscribe('test', pods, other);
  const opening = createView();
  caches.subscribe('test', pods, opening)();
  const inside = createView();
  const end = caches.subscribe('test', pods, {
    onChanges: (changes, reset) => {
      inside.onChanges(changes, reset);
      end();
    },
    onFreshness: (freshness) => inside.onFreshness(freshness),
  });
  await vi.waitFor(() => expect(other.freshness).toBe('live'));
  expect(opening.batches).toEqual([]);
  expect(inside.batches).toHaveLength(1);
  expect(inside.told.map(({ state }) => state)).toEqual(['loading']);
});

test('a subscriber that throws costs the others nothing', async () => {
  harness = await createHarness();
  const { server, caches } = harness;
  server.objects.add('one');
  caches.subscribe('test', pods, {
    onChanges: () => {
      throw new Error('broken');
    },
    onFreshness: () => {
      throw new Error('broken');
    },
  });
  const view = createView();
  caches.subscribe('test', pods, view);
  await vi.waitFor(() => expect(view.freshness).toBe('live'));
  expect(view.versions()).toEqual(server.objects.versions());
});

test('1,000 subscriptions, ended at every moment of their lives, leave no socket open', async () => {
  harness = await createHarness();
  const { server, caches } = harness;
  for (let index = 0; index < 3; index += 1) server.objects.add(`pod-${index}`);
  for (let cycle = 0; cycle < 1000; cycle += 1) {
    const unsubscribe = caches.subscribe('test', { ...pods, namespace: `n${cycle % 7}` }, createView());
    if (cycle % 3 === 0) await new Promise(setImmediate);
    if (cycle % 10 === 0) await new Promise((resolve) => setTimeout(resolve, cycle % 8));
    unsubscribe();
  }
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 10_000 });
  expect(server.objects.watchers).toBe(0);
  expect(server.requests.length).toBeGreaterThan(50);
}, 30_000);

import { afterEach, describe, expect, test, vi } from 'vitest';
import { createHarness, type Harness, pods } from './testing/harness.ts';
import { createView, type View } from './testing/view.ts';
import type { Tuning } from './tuning.ts';

let harness: Harness | null = null;

afterEach(async () => {
  await harness?.close();
  harness = null;
});

/** A server with `count` pods, watched. */
async function watched(count: number, tuning: Partial<Tuning> = {}) {
  harness = await createHarness(tuning);
  for (let index = 0; index < count; index += 1) harness.server.objects.add(`pod-${index}`);
  const view = createView();
  const unsubscribe = harness.caches.subscribe('test', pods, view);
  await vi.waitFor(() => expect(view.freshness).toBe('live'));
  return { ...harness, view, unsubscribe };
}

/** The view equals the server, is live, and was told no nonsense on the way. */
async function recovered(view: View, server: Harness['server']): Promise<void> {
  await vi.waitFor(
    () => {
      expect(view.versions()).toEqual(server.objects.versions());
      expect(view.freshness).toBe('live');
    },
    { timeout: 4500, interval: 5 },
  );
  expect(view.faults).toEqual([]);
  expect(view.batches.filter(({ reset }) => reset)).toHaveLength(1);
}

async function watching(server: Harness['server']): Promise<void> {
  await vi.waitFor(() => expect(server.objects.watchers).toBe(1), { interval: 2 });
}

describe('the first list', () => {
  test('comes page by page, and the watch goes on from its version', async () => {
    const { view, server } = await watched(23, { pageLimit: 10 });
    expect(view.batches.map(({ changes, reset }) => [changes.length, reset])).toEqual([
      [10, true],
      [10, false],
      [3, false],
    ]);
    expect(view.told.map((freshness) => (freshness.state === 'loading' ? freshness.received : freshness.state))).toEqual([
      0,
      10,
      20,
      'live',
    ]);
    await watching(server);
    const [first, second, , watch] = server.requests;
    expect(first?.query).toEqual({ limit: '10' });
    expect(second?.query).toEqual({ limit: '10', continue: '24:10' });
    expect(watch?.query).toMatchObject({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '24' });
    const seconds = Number(watch?.query.timeoutSeconds);
    expect(seconds).toBeGreaterThanOrEqual(240);
    expect(seconds).toBeLessThanOrEqual(360);
  });

  test('starts over when its continue token has expired, and shows no object twice', async () => {
    harness = await createHarness({ pageLimit: 10 });
    const { server } = harness;
    for (let index = 0; index < 25; index += 1) server.objects.add(`pod-${index}`);
    let lists = 0;
    server.state.fault = ({ isWatch }) => {
      if (!isWatch) lists += 1;
      if (lists === 2) {
        server.objects.expireTokens();
        const [gone = ''] = server.objects.uids();
        server.objects.remove(gone);
        server.objects.compact();
      }
      return false;
    };
    const view = createView();
    harness.caches.subscribe('test', pods, view);
    await recovered(view, server);
    expect(server.requests.filter(({ isWatch }) => !isWatch).map(({ query }) => query.continue !== undefined)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
  });

  test('is asked for whole when tokens keep expiring', async () => {
    harness = await createHarness({ pageLimit: 10 });
    const { server } = harness;
    for (let index = 0; index < 25; index += 1) server.objects.add(`pod-${index}`);
    server.state.fault = ({ url }) => {
      if (url.searchParams.has('continue')) server.objects.expireTokens();
      return false;
    };
    const view = createView();
    harness.caches.subscribe('test', pods, view);
    await recovered(view, server);
  });
});

describe('a watch recovers', () => {
  test('from a TCP reset: stale at once, resumed from the last version, nothing listed again', async () => {
    const { view, server, troubles } = await watched(3);
    await watching(server);
    const changed = server.objects.add('after-list');
    await recovered(view, server);
    server.cut();
    server.objects.add('while-away');
    await vi.waitFor(() => expect(view.freshness).toBe('stale'), { interval: 1 });
    await recovered(view, server);
    expect(troubles).toEqual(['unreachable']);
    expect(server.requests.filter(({ isWatch }) => !isWatch)).toHaveLength(1);
    expect(server.requests.at(-1)?.query.resourceVersion).toBe(changed.metadata.resourceVersion);
  });

  test('from a clean end at once, and without a word', async () => {
    const { view, server } = await watched(3);
    await watching(server);
    server.objects.bookmark();
    server.endWatches();
    server.objects.add('while-away');
    await recovered(view, server);
    expect(view.told.filter(({ state }) => state === 'stale')).toEqual([]);
  });

  test('from the version of a bookmark', async () => {
    const { view, server } = await watched(1);
    await watching(server);
    server.objects.compact();
    server.objects.bookmark();
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.endWatches();
    await vi.waitFor(() => expect(server.requests).toHaveLength(3));
    expect(server.requests[2]?.query).toMatchObject({ watch: 'true', resourceVersion: String(server.objects.version) });
    await recovered(view, server);
  });

  test('from a black hole: opened anew after the silence, stale since the last byte', async () => {
    const { view, server } = await watched(3, { silence: 120 });
    await watching(server);
    const before = Date.now();
    // The old watch stays open and says nothing more; new ones get no answer.
    server.state.fault = () => true;
    await vi.waitFor(() => expect(view.freshness).toBe('stale'), { interval: 2 });
    const stale = view.told.at(-1);
    expect(stale?.state === 'stale' && stale.since).toBeLessThanOrEqual(before + 100);
    expect(stale).toMatchObject({ failure: { code: 'no-answer' } });
    server.state.fault = null;
    server.objects.add('while-away');
    await recovered(view, server);
  });

  test('from silence on a sound but quiet watch, without a word', async () => {
    const { view, server } = await watched(3, { silence: 80 });
    await vi.waitFor(() => expect(server.requests.filter(({ isWatch }) => isWatch).length).toBeGreaterThan(3));
    expect(view.told.filter(({ state }) => state === 'stale')).toEqual([]);
    await recovered(view, server);
    expect(server.requests.filter(({ isWatch }) => !isWatch)).toHaveLength(1);
  });

  test.each([
    ['an ERROR event', false],
    ['HTTP 410', true],
  ])('from a version too old, told by %s: old rows stay until the new list is complete', async (_, byStatus) => {
    const { view, server } = await watched(25, { pageLimit: 10 });
    await watching(server);
    const batches = view.batches.length;
    server.state.fault = ({ isWatch, response }) => {
      if (!isWatch || !byStatus) return false;
      server.state.fault = null;
      response.writeHead(410).end();
      return true;
    };
    const [removed = '', modified = ''] = server.objects.uids();
    server.cut();
    server.objects.remove(removed);
    server.objects.modify(modified);
    server.objects.add('new');
    server.objects.compact();
    await recovered(view, server);
    // One batch with the difference, deletions first.
    expect(view.batches.slice(batches).map(({ changes }) => changes.map(({ type }) => type))).toEqual([
      ['deleted', 'modified', 'added'],
    ]);
  });

  test.each([
    [401, 'unauthorised'],
    [403, 'forbidden'],
    [404, 'kind-absent'],
  ])('from %i: refused, tried again slowly', async (status, code) => {
    harness = await createHarness();
    const { server } = harness;
    server.objects.add('pod');
    server.state.fault = ({ response }) => {
      response.writeHead(status).end();
      return true;
    };
    const view = createView();
    harness.caches.subscribe('test', pods, view);
    await vi.waitFor(() => expect(view.told.at(-1)).toMatchObject({ state: 'refused', failure: { code } }));
    expect(server.requests).toHaveLength(1);
    server.state.fault = null;
    await recovered(view, server);
    expect(server.requests.length).toBeGreaterThanOrEqual(2);
  });

  test('from a refusal at once when asked to', async () => {
    harness = await createHarness({ refusedDelay: 60_000 });
    const { server, caches } = harness;
    server.state.fault = ({ response }) => {
      response.writeHead(403).end();
      return true;
    };
    const view = createView();
    caches.subscribe('test', pods, view);
    await vi.waitFor(() => expect(view.freshness).toBe('refused'));
    server.state.fault = null;
    caches.retryNow('another');
    expect(server.requests).toHaveLength(1);
    caches.retryNow('test');
    await recovered(view, server);
  });

  test('from 503 on a page in the middle, without starting over', async () => {
    harness = await createHarness({ pageLimit: 10 });
    const { server } = harness;
    for (let index = 0; index < 25; index += 1) server.objects.add(`pod-${index}`);
    let failures = 3;
    server.state.fault = ({ url, response }) => {
      if (!url.searchParams.has('continue') || failures === 0) return false;
      failures -= 1;
      response.writeHead(503).end();
      return true;
    };
    const view = createView();
    harness.caches.subscribe('test', pods, view);
    await recovered(view, server);
    expect(server.requests.filter(({ isWatch, query }) => !isWatch && query.continue === undefined)).toHaveLength(1);
    expect(view.told.filter(({ state }) => state === 'stale').length).toBeGreaterThanOrEqual(3);
  });

  test('from 429, not before its time', async () => {
    harness = await createHarness();
    const { server } = harness;
    let refusedAt = 0;
    server.state.fault = ({ response }) => {
      if (refusedAt !== 0) return false;
      refusedAt = Date.now();
      response.writeHead(429, { 'retry-after': '0.3' }).end();
      return true;
    };
    const view = createView();
    harness.caches.subscribe('test', pods, view);
    await recovered(view, server);
    expect(Date.now() - refusedAt).toBeGreaterThanOrEqual(295);
  });

  test('from a server that is gone for a while', async () => {
    const { view, server } = await watched(3);
    await watching(server);
    await server.stop();
    await vi.waitFor(() => expect(view.told.filter(({ state }) => state === 'stale').length).toBeGreaterThan(4));
    server.objects.add('while-away');
    await server.start();
    await recovered(view, server);
  });

  test('from rubbish and from a line without end', async () => {
    const { view, server } = await watched(3, { lineLimit: 5_000 });
    await watching(server);
    for (const watch of server.watches.keys()) watch.write('<html>proxy</html>\n');
    server.objects.add('one');
    await recovered(view, server);
    await watching(server);
    for (const watch of server.watches.keys()) watch.write('x'.repeat(6_000));
    server.objects.add('two');
    await recovered(view, server);
  });
});

test('slow bytes, split in the middle of characters, are still events', async () => {
  const { view, server } = await watched(1, { silence: 300 });
  await watching(server);
  const event = {
    type: 'ADDED',
    object: { metadata: { uid: 'u', name: 'zażółć-🔥', resourceVersion: '999', creationTimestamp: '' } },
  };
  const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
  for (const watch of server.watches.keys()) {
    for (let from = 0; from < bytes.length; from += 7) {
      watch.write(bytes.subarray(from, from + 7));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  await vi.waitFor(() => expect(view.objects.get('u')?.metadata.name).toBe('zażółć-🔥'));
  expect(view.told.filter(({ state }) => state === 'stale')).toEqual([]);
});

test('a server that ends every watch at once is not asked in a loop', async () => {
  harness = await createHarness({ backoffFirst: 50, backoffMost: 400 });
  const { server } = harness;
  server.state.fault = ({ isWatch, response }) => {
    if (isWatch) response.writeHead(200).end();
    return isWatch;
  };
  const view = createView();
  harness.caches.subscribe('test', pods, view);
  await vi.waitFor(() => expect(view.freshness).toBe('stale'));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(server.requests.filter(({ isWatch }) => isWatch).length).toBeLessThan(8);
});

test('a restart forgets what belongs to another cluster', async () => {
  const { view, server, caches } = await watched(3);
  await watching(server);
  caches.restart('test');
  expect(view.objects.size).toBe(0);
  expect(view.freshness).toBe('loading');
  await vi.waitFor(() => expect(view.versions()).toEqual(server.objects.versions()));
});

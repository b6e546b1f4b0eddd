import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ bookmarkEvery: 50 });
});
afterAll(() => bench.cluster.close());

const path = '/api/v1/namespaces/default/configmaps';
const put = (name: string, text: string) =>
  bench.cluster.api.put('configmaps', { metadata: { name, namespace: 'default' }, data: { text } });

test('a client that does not read loses its watch, the others go on', async () => {
  const { url, authority, token } = bench.cluster;
  const { hostname, port } = new URL(url);
  const slow = connect({ host: hostname, port: Number(port), ca: authority });
  slow.write(`GET ${path}?watch=true HTTP/1.1\r\nHost: demo\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await new Promise((resolve) => slow.once('readable', resolve));
  const stop = new AbortController();
  const quick = await bench.fetch(`${path}?watch=true`, { signal: stop.signal });
  let read = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of quick.body ?? []) read = (read + decoder.decode(chunk, { stream: true })).slice(-400_000);
  })().catch(() => undefined);

  for (let number = 0; number < 200; number += 1) {
    put('large', `${number} ${'x'.repeat(100_000)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  put('last', 'small');
  await vi.waitUntil(() => read.includes('"name":"last"'), 5000);
  let rest = '';
  slow.on('data', (chunk) => {
    rest = (rest + chunk.toString()).slice(-400_000);
  });
  await vi.waitUntil(() => rest.endsWith('\r\n0\r\n\r\n'), 5000);
  expect(rest).not.toContain('"name":"last"');
  slow.destroy();
  stop.abort();
  await reading;
});

test('bookmarks come when something happened, and only then', async () => {
  const { body } = await bench.ask('GET', `${path}?limit=1`);
  const [, version] = /"resourceVersion":"(\d+)"/.exec(JSON.stringify(body.metadata)) ?? [];
  const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=1&labelSelector=none&resourceVersion=${version}`;
  const watching = bench.fetch(`${path}?${query}`).then((response) => response.text());
  put('other', 'x');
  const frames = (await watching).trim().split('\n');
  expect(frames).toHaveLength(1);
  expect(frames[0]).toMatch(/^\{"type":"BOOKMARK"/);
});

test('a watch from a version that is yet to come begins after it', async () => {
  const { body } = await bench.ask('GET', `${path}?limit=1`);
  const [, version = ''] = /"resourceVersion":"(\d+)"/.exec(JSON.stringify(body.metadata)) ?? [];
  const watching = bench.fetch(`${path}?watch=true&timeoutSeconds=1&resourceVersion=${Number(version) + 2}`);
  await watching;
  for (const name of ['first', 'second', 'third']) put(name, 'x');
  const frames = (await (await watching).text()).trim().split('\n');
  expect(frames.map((frame) => /"name":"(\w+)"/.exec(frame)?.[1])).toEqual(['third']);
});

test('nothing is left when the client goes', async () => {
  const stop = new AbortController();
  await bench.fetch(`${path}?watch=true`, { signal: stop.signal });
  stop.abort();
  await vi.waitUntil(() => bench.cluster.faults.now({ path: 'watch' }, 'end') === 0, 2000);
  expect(bench.cluster.faults.now({}, 'end')).toBe(0);
});

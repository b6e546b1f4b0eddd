import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { at } from './json.ts';
import { applications, openBench } from './testing.ts';

const CLUSTERS = 50;
const pods = '/api/v1/namespaces/default/pods';
const shell = {
  metadata: { name: 'shell' },
  spec: { containers: [{ name: 'main', image: 'spark', command: ['sleep', '1000'] }] },
};

/** What keeps this process alive or would act later: sockets, servers, timers. */
const resources = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((resource) => resource !== 'Immediate')
    .sort();

/** Bytes that may stay of a cluster: compiled code and the client's connections; its objects alone would be more. */
const FORGOTTEN = 1 << 19;

function heap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** A cluster that is closed in the middle of all it can do: watches, logs, shells, forwards, a running application, lost nodes, faults. */
async function workAndClose(livedIn: boolean): Promise<void> {
  const bench = await openBench({ runMilliseconds: 2000, livedIn, bookmarkEvery: 50 });
  const { url, authority, token } = bench.cluster;
  const gone = new AbortController();
  const open = (path: string) => bench.fetch(path, { signal: gone.signal }).catch(() => undefined);
  await bench.ask('POST', pods, shell);
  await bench.play('running', { timeToLiveSeconds: 60, arguments: ['slow', '100'] });
  await vi.waitUntil(async () => at((await bench.ask('GET', `${pods}/shell`)).body, 'status', 'phase') === 'Running', 5000);
  const held = [
    open(`${pods}?watch=true&allowWatchBookmarks=true`),
    open(`${applications}?watch=true`),
    open(`${pods}/shell/log?follow=true`),
  ];
  const sockets = [
    'exec?command=bash&stdin=true&stdout=true&tty=true',
    'exec?command=yes&stdout=true',
    'attach?stdout=true',
    'portforward?ports=4040',
  ].map((path) => {
    const headers = { Authorization: `Bearer ${token}` };
    return new WebSocket(`${url.replace('https', 'wss')}${pods}/shell/${path}`, ['v4.channel.k8s.io'], {
      ca: authority,
      headers,
    });
  });
  const ended = sockets.map((socket) => new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve)));
  await Promise.race(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  await bench.ask('POST', '/control/faults', { kind: 'slow', match: { path: 'secrets' }, delayMs: 60_000 });
  await bench.ask('POST', '/control/faults', { kind: 'slow', match: { path: 'services' }, slowBytes: 1 });
  held.push(open('/api/v1/secrets'), open('/api/v1/services'));
  await bench.ask('POST', '/control/nodes/lose', { node: 'worker-1' });
  await bench.cluster.close();
  gone.abort();
  await Promise.all([...ended, ...held]);
}

test('clusters closed in the middle of their work leave nothing', { timeout: 120_000 }, async () => {
  const rejected = vi.fn();
  process.on('unhandledRejection', rejected);
  await workAndClose(true);
  const before = resources();
  const held = heap();
  for (let count = 1; count < CLUSTERS; count += 1) await workAndClose(count % 10 === 0);
  await vi.waitFor(() => expect(resources()).toEqual(before), 10_000);
  expect((heap() - held) / CLUSTERS).toBeLessThan(FORGOTTEN);
  process.off('unhandledRejection', rejected);
  expect(rejected).not.toHaveBeenCalled();
});

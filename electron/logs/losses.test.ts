import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import type { ApplicationRef } from '../../shared/contract/applications.ts';
import { createClusters } from '../clusters/index.ts';
import { type Bench, openBench } from '../demo/testing.ts';
import { type Clock, systemClock } from '../platform/world.ts';
import { createWatchCaches } from '../watch/index.ts';
import { type ApplicationLog, openApplicationLog } from './application-log.ts';

const pods = '/api/v1/namespaces/default/pods';
const quiet = { info: () => undefined, warn: () => undefined };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Long waits are cut short, so that silence is noticed within the test's time. */
const hasty: Clock = { now: systemClock.now, after: (wait, run) => systemClock.after(wait > 20_000 ? 1_500 : wait, run) };

/** A demo cluster, and the log of the plain spark-submit application `numbers` on it. */
async function opened(): Promise<{ bench: Bench; log: ApplicationLog }> {
  const bench = await openBench();
  const folder = mkdtempSync(join(tmpdir(), 'emberdeck-logs-'));
  writeFileSync(join(folder, 'config'), bench.cluster.kubeconfig());
  const clusters = createClusters({
    environment: { KUBECONFIG: join(folder, 'config') },
    home: folder,
    clock: systemClock,
    log: quiet,
  });
  const caches = createWatchCaches({ clusters, clock: systemClock, random: Math.random, log: quiet });
  const reference: ApplicationRef = { context: 'demo', operator: 'spark-submit', namespace: 'default', name: 'numbers' };
  const log = openApplicationLog({ clusters, caches, clock: hasty, random: Math.random }, reference, () => undefined);
  closing.push(
    () => bench.cluster.close(),
    () => rmSync(folder, { recursive: true }),
    () => clusters.close(),
    () => caches.close(),
    () => log.close(),
  );
  return { bench, log };
}

/** Creates a pod of the application that runs a script. */
async function run(bench: Bench, name: string, role: 'driver' | 'executor', script: string, spec: Record<string, unknown> = {}) {
  const labels = { 'spark-role': role, 'spark-app-selector': 'spark-1', 'spark-app-name': 'numbers', 'spark-exec-id': '1' };
  const container = { name: `spark-kubernetes-${role}`, image: 'busybox', command: ['sh', '-c', script] };
  const body = { metadata: { name, labels }, spec: { restartPolicy: 'Never', containers: [container], ...spec } };
  expect((await bench.ask('POST', pods, body)).status).toBe(201);
}

const counting = (from: number, to: number): string =>
  `i=${from}; while [ $i -lt ${to} ]; do echo "$HOSTNAME $i"; i=$((i+1)); if [ $((i % 10)) = 0 ]; then sleep 0.1; fi; done`;
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** What the book has of each source, as numbers. */
function read(log: ApplicationLog): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const { pod, restart, number } of log.sources()) {
    const lines = log.book
      .pages()
      .flat()
      .filter(({ source }) => source === number);
    found[`${pod} ${restart}`] = lines.map(({ text }) => Number(text.split(' ').at(-1)));
  }
  return found;
}

const allEnded = (log: ApplicationLog, count: number) => {
  const sources = log.sources();
  return sources.length === count && sources.every(({ state }) => state.state === 'ended');
};

it('loses nothing and doubles nothing in six containers, while their streams are cut in every way', async () => {
  const { bench, log } = await opened();
  const { faults } = bench.cluster;
  const names = ['numbers-driver', ...numbers(1, 6).map((number) => `numbers-exec-${number}`)];
  for (const name of names) await run(bench, name, name.endsWith('driver') ? 'driver' : 'executor', counting(0, 400));
  await vi.waitUntil(() => log.book.size() > 100, 10_000);
  let cuts = 0;
  for (const kind of ['reset', 'end', 'blackhole', 'half-close', 'reset', 'end', 'end', 'reset'] as const) {
    cuts += faults.now({ path: '/log\\?' }, kind);
    faults.add({ match: { path: '/log\\?' }, kind: 'slow', slowBytes: 20_000, times: 2 });
    await sleep(400);
  }
  faults.clear();
  // Those that are slow would take very long.
  cuts += faults.now({ path: '/log\\?' }, 'reset');
  await vi.waitUntil(() => allEnded(log, 6), 20_000);
  expect(cuts).toBeGreaterThan(20);
  for (const name of names) expect(read(log)[`${name} 0`]).toEqual(numbers(0, 400));
  expect(log.sources().map(({ state }) => state)).toEqual(names.map(() => ({ state: 'ended', reason: 'over' })));
}, 60_000);

it('keeps the log of a pod that is gone, and does not take the next one of its name for it', async () => {
  const { bench, log } = await opened();
  await run(bench, 'numbers-driver', 'driver', counting(0, 20));
  await run(bench, 'numbers-exec-1', 'executor', `${counting(0, 50)}; sleep 1000`);
  await vi.waitUntil(() => read(log)['numbers-exec-1 0']?.length === 50, 10_000);
  await bench.ask('DELETE', `${pods}/numbers-exec-1?gracePeriodSeconds=0`);
  await run(bench, 'numbers-exec-1', 'executor', counting(100, 150));
  await vi.waitUntil(() => allEnded(log, 3), 20_000);
  const found = log.sources().map(({ pod, number }) => [
    pod,
    log.book
      .pages()
      .flat()
      .filter(({ source }) => source === number).length,
  ]);
  expect(found).toEqual([
    ['numbers-driver', 20],
    ['numbers-exec-1', 50],
    ['numbers-exec-1', 50],
  ]);
}, 40_000);

it('reads a container that is started again, each start as a source of its own', async () => {
  const { bench, log } = await opened();
  await run(bench, 'numbers-driver', 'driver', `${counting(0, 50)}; exit 1`, { restartPolicy: 'OnFailure' });
  await vi.waitUntil(() => read(log)['numbers-driver 1']?.length === 50, 25_000);
  expect(read(log)['numbers-driver 0']).toEqual(numbers(0, 50));
  expect(read(log)['numbers-driver 1']).toEqual(numbers(0, 50));
}, 40_000);

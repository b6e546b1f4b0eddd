import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Core, createCore } from '../../electron/core.ts';
import { type DemoCluster, startDemoCluster } from '../../electron/demo/cluster.ts';
import { createRouter } from '../../electron/router.ts';
import type { contract } from '../../shared/contract/index.ts';
import { sleepingApplication } from './objects.ts';
import { demoProgram, until } from './target.ts';

type Backend = ContractRouterClient<typeof contract>;

const reference = { context: 'demo', operator: 'kubeflow', namespace: 'default', name: 'pi' } as const;
const ROUNDS = 200;
/** Longer than a cache outlives its last subscriber, and an idle connection of the demo cluster. */
const SETTLED = 12;

let folder: string;
let cluster: DemoCluster;
let core: Core;

/** The product and the demo cluster in one process, whatever cluster the suite runs against: both ends' sockets are counted. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emberdeck-leaks-'));
  cluster = await startDemoCluster({ runMilliseconds: 1_500 });
  writeFileSync(join(folder, 'config'), cluster.kubeconfig());
  core = await createCore({
    dataFolder: folder,
    environment: { KUBECONFIG: join(folder, 'config'), HOME: folder },
    demoProgram,
    demoAsked: false,
  });
  await withBackend(async (backend) => {
    // Longer than the test: its driver runs, and its UI is there, all the time.
    const job = {
      image: 'spark:3.5.7',
      mainClass: 'jobs.Job',
      arguments: ['slow', '3600'],
      driver: { cores: 1, serviceAccount: 'spark' },
    };
    const text = JSON.stringify(sleepingApplication('pi', { suspend: false, ...job }));
    const answer = await backend.submissions.submit({ context: 'demo', namespace: 'default', text });
    expect(answer.result).not.toBe('refused');
    await until(
      'driver',
      60,
      () => cluster.api.list('pods', 'default').find(({ status }) => hasPhase(status, 'Running')) ?? null,
    );
  });
}, 120_000);

afterAll(async () => {
  core.close();
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

function hasPhase(status: unknown, phase: string): boolean {
  return typeof status === 'object' && status !== null && 'phase' in status && status.phase === phase;
}

/** A window: connects, uses the backend, and is closed without a word to any stream. */
async function withBackend(use: (backend: Backend) => Promise<void>): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(createRouter(core)).upgrade(port1 as unknown as MessagePort & globalThis.MessagePort);
  port1.start();
  port2.start();
  await use(createORPCClient(new RPCLink({ port: port2 as unknown as globalThis.MessagePort })));
  port2.close();
}

/** Opens what a page opens, and sees the first value of each. */
async function look(backend: Backend): Promise<void> {
  const streams = await Promise.all([
    backend.applications.list({ context: 'demo', namespace: 'default' }),
    backend.applications.observe(reference),
    backend.forwards.sparkUi(reference),
    backend.clusters.connection({ context: 'demo' }),
    backend.clusters.namespaces({ context: 'demo' }),
    backend.kubeconfigs.watch({}),
    backend.drafts.watch({}),
  ]);
  await Promise.all(streams.map((stream) => stream.next()));
}

const collect: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
})();

/** Sockets, servers, pipes and ports that are open in this process, by kind; timers come and go by themselves. */
function openResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const resource of process.getActiveResourcesInfo())
    if (/TCP|Pipe|MessagePort|FSEvent/.test(resource)) counts[resource] = (counts[resource] ?? 0) + 1;
  return counts;
}

function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const idle = () => new Promise((resolve) => setTimeout(resolve, SETTLED * 1000));

it('gives everything back, however often windows come and go', async () => {
  // The first rounds fill what stays: compiled code, pooled connections.
  for (let round = 0; round < ROUNDS / 2; round += 1) await withBackend(look);
  await idle();
  const [resources, before] = [openResources(), heap()];
  for (let round = 0; round < ROUNDS; round += 1) await withBackend(look);
  await idle();
  expect(openResources()).toEqual(resources);
  const grown = (heap() - before) / ROUNDS;
  // Bytes a round. The heap breathes by some hundred kilobytes in all; what a window forgets is many thousands each time.
  expect(grown).toBeLessThan(4_000);
}, 180_000);

it('sees a Spark UI to its end with its window', async () => {
  const before = openResources().TCPServerWrap ?? 0;
  await withBackend(async (backend) => {
    for await (const forward of await backend.forwards.sparkUi(reference)) if (forward.state === 'active') break;
    expect(openResources().TCPServerWrap).toBe(before + 1);
  });
  await expect.poll(() => openResources().TCPServerWrap ?? 0, { timeout: 5_000 }).toBe(before);
}, 60_000);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Demo } from '../../shared/contract/demo.ts';
import { failureOf } from '../../shared/failure.ts';
import { createClusters } from '../clusters/index.ts';
import { type Log, systemClock } from '../platform/world.ts';
import { createDemo } from './index.ts';

const program = new URL('./worker.ts', import.meta.url);
const quiet: Log = { info: () => undefined, warn: () => undefined };
const own = `apiVersion: v1
kind: Config
clusters: [{ name: demo, cluster: { server: 'https://10.0.0.1:6443' } }]
users: [{ name: admin, user: { token: t } }]
contexts: [{ name: demo, context: { cluster: demo, user: admin } }]
`;

const disposers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const dispose of disposers.splice(0).reverse()) await dispose();
});

function open(kubeconfig: string | null, of = program) {
  const folder = mkdtempSync(join(tmpdir(), 'emberdeck-demo-'));
  const file = join(folder, 'config');
  if (kubeconfig !== null) writeFileSync(file, kubeconfig);
  const clusters = createClusters({ environment: { KUBECONFIG: file }, home: folder, clock: systemClock, log: quiet });
  const demo = createDemo({ program: of, clusters, clock: systemClock, log: quiet });
  const states: Demo[] = [];
  demo.subscribe((state) => states.push(state));
  disposers.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => clusters.close(),
    () => demo.stop(),
  );
  const contexts = () => clusters.kubeconfigs.current().contexts.map(({ name }) => name);
  return { demo, clusters, states, contexts, file };
}

const words = (states: Demo[]): string[] => states.map(({ state }) => state);

describe('the demo cluster of the backend', () => {
  test('is there when it is started, answers as a cluster, and leaves nothing when it is stopped', {
    timeout: 20_000,
  }, async () => {
    const { demo, clusters, states, contexts } = open(null);
    expect(words(states)).toEqual(['off']);
    const [first, second] = await Promise.all([demo.start(), demo.start()]);
    expect(second).toBe(first);
    expect(words(states)).toEqual(['off', 'starting', 'running']);
    expect(contexts()).toEqual(expect.arrayContaining(['demo', 'demo-viewer']));
    expect(JSON.stringify(clusters.kubeconfigs.current())).not.toMatch(/token/i);
    const version = await clusters.get(first.context).request({ method: 'GET', path: '/version' });
    expect(version.status).toBe(200);

    const { scenarios, breakages } = await demo.playables();
    expect(scenarios.length).toBeGreaterThan(12);
    expect(breakages.map(({ id }) => id)).toContain('none');
    const { created } = await demo.play('driver-exit-1', null);
    expect(created).toEqual([{ context: 'demo', operator: 'kubeflow', namespace: 'default', name: 'invoices-export' }]);
    await expect(demo.play('nothing', null)).rejects.toThrow();
    expect((await demo.break('unauthorised-once')).told).toContain('401');

    await demo.stop();
    expect(words(states).at(-1)).toBe('off');
    expect(contexts()).toEqual([]);
    expect(await demo.playables().catch(failureOf)).toMatchObject({ code: 'demo-ended' });
  });

  test('goes by another name beside a context of the person’s own that is called demo', { timeout: 20_000 }, async () => {
    const { demo, clusters, file } = open(own);
    const { context } = await demo.start();
    expect(context).toBe('demo (Emberdeck)');
    expect(clusters.get('demo').server).toBe('https://10.0.0.1:6443');
    expect(clusters.get(context).server).toMatch(/^https:\/\/127\.0\.0\.1:/);
    // An edit of the file does not take the name away under anyone's hands.
    writeFileSync(file, own.replaceAll('name: demo', `name: ${context}`));
    expect(clusters.get(context).server).toMatch(/^https:\/\/127\.0\.0\.1:/);
  });

  test('says so when it dies, and can be started again', { timeout: 20_000 }, async () => {
    const text = JSON.stringify({ kubeconfig: own });
    const dying = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${encodeURIComponent(text)}); setTimeout(() => process.exit(3), 300)`,
    );
    const { demo, states, contexts } = open(null, dying);
    await demo.start();
    expect(contexts()).toEqual(['demo']);
    await expect.poll(() => words(states).at(-1)).toBe('failed');
    expect(states.at(-1)).toMatchObject({
      failure: { code: 'demo-ended', message: 'its thread ended with code 3' },
      contexts: ['demo', 'demo-viewer'],
    });
    // What a window shows of it goes stale; it does not lose its cluster.
    expect(contexts()).toEqual(['demo']);
    await demo.start();
    expect(words(states).at(-1)).toBe('running');
    await expect.poll(() => words(states).at(-1)).toBe('failed');
    await demo.stop();
    expect(contexts()).toEqual([]);
  });

  test('a start that fails is told once, in words', { timeout: 20_000 }, async () => {
    const { demo, states } = open(null, new URL('data:text/javascript,throw new Error("no port is free")'));
    const failure = await demo.start().catch(failureOf);
    expect(failure).toMatchObject({ code: 'demo-ended', message: expect.stringContaining('no port is free') });
    expect(words(states)).toEqual(['off', 'starting', 'failed']);
  });

  test('stopped while it starts, it does not come back', { timeout: 20_000 }, async () => {
    const { demo, states, contexts } = open(null);
    const started = demo.start().catch(failureOf);
    await demo.stop();
    expect(await started).toMatchObject({ code: 'demo-ended' });
    expect(words(states)).toEqual(['off', 'starting', 'off']);
    expect(contexts()).toEqual([]);
  });
});

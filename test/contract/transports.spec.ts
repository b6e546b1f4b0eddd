import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Core, createCore } from '../../electron/core.ts';
import { startDemoCluster } from '../../electron/demo/cluster.ts';
import { type Connected, transports } from './backends.ts';
import { demoProgram } from './target.ts';

const canary = 'canary-7f3a9c';
const closers: (() => void)[] = [];
let folder: string;
let core: Core;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emberdeck-transports-'));
  const cluster = await startDemoCluster();
  closers.push(() => void cluster.close());
  const kubeconfig = join(folder, 'config');
  // The demo cluster's own token, and one secret of every other sort in contexts beside it.
  const others = `
clusters:
- {name: dead, cluster: {server: "http://127.0.0.1:1", certificate-authority-data: ${Buffer.from(canary).toString('base64')}}}
users:
- {name: token, user: {token: ${canary}-token}}
- {name: basic, user: {username: u, password: ${canary}-password}}
- {name: key, user: {client-key-data: ${Buffer.from(`${canary}-key`).toString('base64')}}}
- {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "false", env: [{name: S, value: ${canary}-env}]}}}
contexts:
- {name: token, context: {cluster: dead, user: token}}
- {name: basic, context: {cluster: dead, user: basic}}
- {name: key, context: {cluster: dead, user: key}}
- {name: plugin, context: {cluster: dead, user: plugin}}
`;
  writeFileSync(kubeconfig, cluster.kubeconfig());
  writeFileSync(join(folder, 'others'), others);
  secrets = [cluster.token, cluster.viewerToken, canary, Buffer.from(`${canary}-key`).toString('base64')];
  core = await createCore({
    dataFolder: folder,
    environment: { KUBECONFIG: `${kubeconfig}:${join(folder, 'others')}`, HOME: folder, PATH: process.env.PATH },
    demoProgram,
    demoAsked: false,
  });
});
let secrets: string[] = [];

afterAll(() => {
  core.close();
  for (const close of closers) close();
  rmSync(folder, { recursive: true, force: true });
});

const open: Connected[] = [];
afterEach(() => {
  for (const connected of open.splice(0)) connected.close();
});

async function firstOf<Value>(stream: Promise<AsyncIterable<Value>>, wanted: (value: Value) => boolean): Promise<Value> {
  for await (const value of await stream) if (wanted(value)) return value;
  throw new Error('the stream ended before');
}

describe.each(transports)('over a %s', (_name, connect) => {
  async function start(): Promise<Connected> {
    const connected = await connect(core);
    open.push(connected);
    return connected;
  }

  it('answers requests', async () => {
    const { backend } = await start();
    await backend.settings.change({ density: 'compact' });
    expect(await backend.settings.get({})).toMatchObject({ density: 'compact' });
  });

  it('streams, the present state first', async () => {
    const { backend } = await start();
    const found = await firstOf(backend.kubeconfigs.watch({}), () => true);
    expect(found.contexts.map(({ name }) => name)).toContain('demo');
    await firstOf(backend.clusters.connection({ context: 'demo' }), ({ state }) => state === 'connected');
  });

  it('hands failures over as data', async () => {
    const { backend } = await start();
    const missing = { context: 'demo', operator: 'kubeflow', namespace: 'default', name: 'nobody' } as const;
    const error = await backend.applications.remove(missing).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({ code: 'FAILURE', data: { code: 'not-found', name: 'nobody' } });
  });

  it('refuses what the contract does not allow, before any handler sees it', async () => {
    const { backend } = await start();
    const rubbish = [{}, null, 'text', { context: 1 }, { context: 'demo', operator: 'nobody', namespace: '', name: [] }];
    for (const input of rubbish) {
      await expect(backend.applications.remove(input as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    await expect(
      backend.drafts.save({ id: '../../etc/passwd', title: '', context: null, namespace: null, text: '' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const unknown = backend as unknown as { platform: { run(input: unknown): Promise<unknown> } };
    await expect(unknown.platform.run({ command: 'id' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('ends a stream at its source when the reader goes', async () => {
    const { backend } = await start();
    const reading = new AbortController();
    const values = await backend.drafts.watch({}, { signal: reading.signal });
    await values.next();
    const waiting = values.next().then(
      () => 'value',
      () => 'ended',
    );
    reading.abort();
    expect(await waiting).toBe('ended');
  });

  it('lets no secret of any kubeconfig cross, whatever goes wrong', async () => {
    const { backend, crossed } = await start();
    await firstOf(backend.kubeconfigs.watch({}), () => true);
    for (const context of ['demo', 'token', 'basic', 'key', 'plugin']) {
      await firstOf(backend.clusters.connection({ context }), ({ state }) => state !== 'connecting');
      await firstOf(backend.applications.list({ context, namespace: null }), ({ freshness }) => freshness.state !== 'loading');
      await firstOf(backend.clusters.namespaces({ context }), ({ freshness }) => freshness.state !== 'loading');
      await backend.submissions.schemas({ context });
    }
    expect(crossed()).toContain('plugin');
    for (const secret of secrets) expect(crossed()).not.toContain(secret);
  });
});

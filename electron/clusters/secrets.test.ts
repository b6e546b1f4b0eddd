import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describe as wordsFor } from '../../shared/describe.ts';
import { failureOf } from '../../shared/failure.ts';
import { systemClock } from '../platform/world.ts';
import { createClusters, createHealth } from './index.ts';
import { authority, serverKey } from './testing/certificates.ts';
import { json, serve } from './testing/server.ts';

const CANARY = 'CANARY7d1f';
const base64 = (text: string) => Buffer.from(text).toString('base64');
/** Shapes in which a secret could show. */
const SHAPES = [CANARY, base64(CANARY).slice(0, 12), base64(`ada:${CANARY}`).slice(0, 16), 'BEGIN EC PRIVATE', 'BEGIN PRIVATE'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Uses a context with this cluster and user in every way that fails or answers, and returns all that could be seen of it. */
async function everythingSeen(cluster: object, user: object, status: number): Promise<string> {
  const seen: unknown[] = [];
  const log = {
    info: (what: string, facts?: object) => void seen.push(what, facts),
    warn: (what: string, facts?: object) => void seen.push(what, facts),
  };
  const server = await serve((_request, response) => json(response, status, { kind: 'Status', message: 'no' }));
  const path = join(folder, 'config');
  writeFileSync(
    path,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: server.url, 'certificate-authority-data': base64(authority), ...cluster } }],
      users: [{ name: 'ada', user }],
      contexts: [{ name: 'it', context: { cluster: 'c', user: 'ada' } }],
    }),
  );
  const environment = { PATH: '/usr/bin:/bin', SHELL: '/bin/false', KUBECONFIG: path };
  const clusters = createClusters({ environment, home: folder, clock: systemClock, log, pluginTimeLimit: 500 });
  const health = createHealth({ clusters, clock: systemClock, log, random: () => 0 });
  try {
    const note = (error: unknown) => void seen.push(failureOf(error), wordsFor(failureOf(error)), inspect(error, { depth: 9 }));
    seen.push(clusters.kubeconfigs.current());
    const leave = health.follow('it', (connection) => seen.push(connection));
    const it = clusters.get('it');
    seen.push(inspect(it, { depth: 9 }), inspect(clusters, { depth: 9 }), inspect(health, { depth: 9 }));
    await it
      .request({ method: 'GET', path: '/api/v1/pods', timeoutMilliseconds: 1_000 })
      .then((answer) => seen.push(answer), note);
    await it.websocket('/api/v1/x', {}, ['p'], AbortSignal.timeout(1_000)).then(() => {}, note);
    if (status === 200) {
      writeFileSync(path, `{"users": [{"name": "ada", "user": {"token": "${CANARY}" ]`);
      await expect
        .poll(() => clusters.kubeconfigs.current().files[0]?.failure?.code, { timeout: 1_000 })
        .toBe('kubeconfig-invalid');
      seen.push(clusters.kubeconfigs.current());
    }
    leave();
  } finally {
    health.close();
    clusters.close();
    await server.close();
  }
  expect(seen.length).toBeGreaterThan(8);
  return seen.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
}

function plugin(body: string): object {
  const file = join(folder, 'plugin');
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: file,
      args: ['--password', CANARY],
      env: [{ name: 'SECRET', value: CANARY }],
    },
  };
}
const credential = (token: string) =>
  `echo '${JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: { token } })}'`;

test.each<[string, () => object, () => object]>([
  ['a token', () => ({}), () => ({ token: CANARY })],
  ['a token that no header can carry', () => ({}), () => ({ token: `${CANARY}\nx` })],
  ['a password', () => ({}), () => ({ username: 'ada', password: CANARY })],
  [
    'a key that does not fit',
    () => ({}),
    () => ({ 'client-certificate-data': base64(authority), 'client-key-data': base64(serverKey) }),
  ],
  ['a key that is none', () => ({}), () => ({ 'client-certificate-data': base64(CANARY), 'client-key-data': base64(CANARY) })],
  ['a server address with a password', () => ({ server: `https://ada:${CANARY}@127.0.0.1:1` }), () => ({})],
  ['a proxy with a password', () => ({ 'proxy-url': `http://ada:${CANARY}@127.0.0.1:1` }), () => ({})],
  ['a proxy that is none', () => ({ 'proxy-url': `://${CANARY}` }), () => ({})],
  ['a plugin that works', () => ({}), () => plugin(credential(CANARY))],
  ['a plugin that prints rubbish', () => ({}), () => plugin(`echo '${CANARY}'`)],
  ['a plugin that fails', () => ({}), () => plugin(`echo "token: ${CANARY}" >&2; exit 1`)],
  ['a plugin that hangs', () => ({}), () => plugin(`echo '${CANARY}'; sleep 9`)],
  [
    'an auth-provider',
    () => ({}),
    () => ({ 'auth-provider': { name: 'oidc', config: { 'id-token': CANARY, 'client-secret': CANARY } } }),
  ],
])(
  '%s is never seen',
  async (_what, cluster, user) => {
    for (const status of [200, 401, 403]) {
      const seen = await everythingSeen(cluster(), user(), status);
      for (const shape of SHAPES) expect(seen).not.toContain(shape);
    }
  },
  20_000,
);

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { type Failure, failureOf } from '../../shared/failure.ts';
import { systemClock } from '../platform/world.ts';
import { type Clusters, createClusters } from './clusters.ts';
import { authority, expiredCertificate, expiredKey } from './testing/certificates.ts';
import { json, serve, type TestServer } from './testing/server.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
let folder: string;
let server: TestServer | null = null;
let clusters: Clusters | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connect-'));
});
afterEach(async () => {
  clusters?.close();
  await server?.close();
  clusters = null;
  server = null;
  rmSync(folder, { recursive: true });
});

/** Starts a server and connects to it with a kubeconfig; `cluster` and `user` are added to its entries. */
async function start(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  {
    cluster = {},
    user = {},
    plain = false,
    environment = {},
  }: { cluster?: object; user?: object; plain?: boolean; environment?: Record<string, string> } = {},
) {
  server = await serve(answer, { plain });
  const ca = plain ? {} : { 'certificate-authority-data': base64(authority) };
  return open({ server: server.url, ...ca, ...cluster }, user, environment);
}

function open(cluster: object, user: object = {}, environment: Record<string, string> = {}) {
  const path = join(folder, 'config');
  writeFileSync(
    path,
    JSON.stringify({
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'ada', user }],
      contexts: [{ name: 'it', context: { cluster: 'c', user: 'ada', namespace: 'ns' } }],
    }),
  );
  const log = { info() {}, warn() {} };
  clusters = createClusters({
    environment: { PATH: process.env.PATH, KUBECONFIG: path, ...environment },
    home: folder,
    clock: systemClock,
    log,
  });
  return clusters.get('it');
}

const GET = { method: 'GET', path: '/api/v1/pods' } as const;
const failure = (promise: Promise<unknown>): Promise<Failure | string> => promise.then(() => 'no failure', failureOf);

/** A plugin that gives a new token with every run and counts its runs in a file. */
function countingPlugin() {
  const [file, runs] = [join(folder, 'plugin'), join(folder, 'runs')];
  writeFileSync(
    file,
    `#!/bin/sh\nsleep 0.2\necho x >> '${runs}'\nn=$(wc -l < '${runs}' | tr -d ' ')\necho '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t'$n'"}}'\n`,
  );
  chmodSync(file, 0o755);
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: file } };
  return { user, runs: () => readFileSync(runs, 'utf8').trim().split('\n').length };
}

describe('requests', () => {
  test('carry the token, the query and the body; the answer is JSON with its warnings', async () => {
    const bodies: string[] = [];
    const it = await start(
      (request, response) => {
        request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
        request.on('end', () => json(response, 201, { ok: true }, { warning: ['299 - "one, \\"two\\""', '299 - "three"'] }));
      },
      { user: { token: 'secret' } },
    );
    const answer = await it.request({
      method: 'POST',
      path: '/api/v1/x%2Fy',
      query: { a: 'b c', n: 1, no: undefined },
      body: { k: 'ü' },
    });
    expect(answer).toMatchObject({ status: 201, body: { ok: true }, warnings: ['one, "two"', 'three'] });
    const [request] = server?.requests ?? [];
    expect(request?.url).toBe('/api/v1/x%2Fy?a=b+c&n=1');
    expect(request?.headers).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' });
    expect(bodies.join('')).toBe('{"k":"ü"}');
  });

  test('a path in the server address stands before', async () => {
    server = await serve((_request, response) => json(response, 200, {}));
    const it = open({ server: `${server.url}/k8s/c1/`, 'certificate-authority-data': base64(authority) });
    await it.request(GET);
    expect(server.requests[0]?.url).toBe('/k8s/c1/api/v1/pods');
  });

  test('share a kept connection', async () => {
    const it = await start((_request, response) => json(response, 200, {}));
    for (let count = 0; count < 5; count += 1) await it.request(GET);
    expect(server?.connections()).toBe(1);
  });

  test('packed answers are unpacked, whole or as they come; watches are not packed', async () => {
    const it = await start((request, response) => {
      if (request.headers['accept-encoding'] === 'gzip')
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
      else json(response, 200, { plain: true });
    });
    expect((await it.request(GET)).body).toEqual({ a: 1 });
    let text = '';
    for await (const chunk of await it.stream(GET)) text += Buffer.from(chunk).toString();
    expect(text).toBe('{"a":1}');
    expect((await it.request({ ...GET, query: { watch: true } })).body).toEqual({ plain: true });
  });

  test('basic credentials and impersonation become headers', async () => {
    const it = await start((_request, response) => json(response, 200, {}), {
      user: { username: 'ada', password: 'p:w', as: 'bob', 'as-groups': ['x', 'y'] },
    });
    await it.request(GET);
    expect(server?.requests[0]?.headers).toMatchObject({
      authorization: `Basic ${base64('ada:p:w')}`,
      'impersonate-user': 'bob',
      'impersonate-group': 'x, y',
    });
  });

  test('a token file is read again when it changes', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'one\n');
    const it = await start((_request, response) => json(response, 200, {}), { user: { tokenFile } });
    await it.request(GET);
    writeFileSync(tokenFile, 'two\n');
    await it.request(GET);
    expect(server?.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  });
});

describe('credentials that are refused', () => {
  test('are renewed and the request is tried once more; twelve parallel first calls run the plugin once', async () => {
    const { user, runs } = countingPlugin();
    const it = await start(
      (request, response) => {
        if (request.headers.authorization === 'Bearer t2') json(response, 200, {});
        else json(response, 401, { kind: 'Status', message: 'Unauthorized' });
      },
      { user },
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => it.request(GET)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(runs()).toBe(2);
    expect(server?.requests).toHaveLength(24);
  });

  test('twice, and it is unauthorised', async () => {
    const { user, runs } = countingPlugin();
    const it = await start((_request, response) => json(response, 401, { kind: 'Status', message: 'Unauthorized' }), { user });
    expect(await failure(it.request(GET))).toEqual({ code: 'unauthorised', server: server?.url, message: 'Unauthorized' });
    expect(await failure(it.request(GET))).toMatchObject({ code: 'unauthorised' });
    expect(runs()).toBe(2);
  });

  test('because the certificate has expired are named so', async () => {
    const it = await start((_request, response) => json(response, 401, { kind: 'Status' }), {
      user: { 'client-certificate-data': base64(expiredCertificate), 'client-key-data': base64(expiredKey) },
    });
    expect(await failure(it.request(GET))).toEqual({ code: 'certificate-expired', user: 'ada', expiredAt: Date.UTC(2020, 1, 1) });
  });
});

describe('what goes wrong on the way', () => {
  test('nobody listens', async () => {
    const it = await start(() => {});
    await server?.close();
    expect(await failure(it.request(GET))).toEqual({ code: 'unreachable', server: it.server, reason: 'nothing listens there' });
  });

  test('no answer in time', async () => {
    const it = await start(() => {});
    expect(await failure(it.request({ ...GET, timeoutMilliseconds: 1_000 }))).toEqual({
      code: 'no-answer',
      server: it.server,
      seconds: 1,
    });
  });

  test('a certificate of an authority that the kubeconfig does not name', async () => {
    const it = await start((_request, response) => json(response, 200, {}), {
      cluster: { 'certificate-authority-data': undefined },
    });
    expect(await failure(it.request(GET))).toMatchObject({ code: 'untrusted', server: it.server });
  });

  test('insecure-skip-tls-verify and tls-server-name do what they say', async () => {
    const skip = await start((_request, response) => json(response, 200, {}), {
      cluster: { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
    });
    expect((await skip.request(GET)).status).toBe(200);
    clusters?.close();
    const named = open({
      server: server?.url,
      'certificate-authority-data': base64(authority),
      'tls-server-name': 'other.example.com',
    });
    expect(await failure(named.request(GET))).toMatchObject({ code: 'untrusted', reason: 'its certificate is for another name' });
  });

  test('a connection that breaks in the body', async () => {
    const it = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
      setTimeout(() => response.destroy(), 30);
    });
    expect(await failure(it.request(GET))).toMatchObject({ code: 'unreachable', reason: 'the connection was reset' });
  });

  test('files that are not there or no PEM', async () => {
    const missing = join(folder, 'none.crt');
    const it = open({ server: 'https://127.0.0.1:1', 'certificate-authority': missing });
    expect(await failure(it.request(GET))).toEqual({
      code: 'credential-file',
      path: missing,
      message: 'the file does not exist',
    });
    clusters?.close();
    const odd = open({ server: 'https://127.0.0.1:1', 'certificate-authority-data': base64('rubbish') });
    expect(await failure(odd.request(GET))).toMatchObject({ code: 'credential-file', message: 'it is not in PEM form' });
  });

  test('an abort ends a request with its reason, and a stream in its middle', async () => {
    const it = await start((request, response) => {
      if (request.url?.includes('watch')) response.writeHead(200).write('first');
    });
    const reason = new Error('closed');
    const early = new AbortController();
    const waiting = it.request({ ...GET, signal: early.signal });
    early.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const late = new AbortController();
    const stream = await it.stream({ ...GET, query: { watch: 1 }, signal: late.signal });
    await expect(
      (async () => {
        for await (const _chunk of stream) late.abort(reason);
      })(),
    ).rejects.toBe(reason);
    await expect(it.request({ ...GET, signal: late.signal })).rejects.toBe(reason);
  });
});

describe('WebSockets', () => {
  test('open with the agreed protocol and the token; frames that come at once are not lost', async () => {
    const it = await start(() => {}, { user: { token: 'secret' } });
    const peers = new WebSocketServer({ noServer: true });
    server?.server.on('upgrade', (request, socket, head) => {
      expect(request.headers.authorization).toBe('Bearer secret');
      peers.handleUpgrade(request, socket, head, (peer) => peer.send('hello'));
    });
    const controller = new AbortController();
    const socket = await it.websocket('/api/v1/x', { ports: 1 }, ['v4.channel.k8s.io'], controller.signal);
    expect(socket.protocol).toBe('v4.channel.k8s.io');
    const text = await new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    expect(text).toBe('hello');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    controller.abort();
    await closed;
  });

  test('a refusal is told in the server’s words', async () => {
    const it = await start(() => {});
    server?.server.on('upgrade', (_request, socket) => {
      const body = JSON.stringify({
        kind: 'Status',
        reason: 'NotFound',
        message: 'pods "x" not found',
        details: { name: 'x', kind: 'pods' },
      });
      socket.end(`HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
    const opening = it.websocket(
      '/api/v1/namespaces/ns/pods/x/portforward',
      {},
      ['v4.channel.k8s.io'],
      new AbortController().signal,
    );
    expect(await failure(opening)).toEqual({ code: 'not-found', kind: 'pods', namespace: 'ns', name: 'x' });
  });
});

test('a proxy of the kubeconfig is used for requests and WebSockets', async () => {
  const tunnels: string[] = [];
  const proxy = await serve(() => {}, { plain: true });
  proxy.server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const [host = '', port] = (request.url ?? '').split(':');
    const onward = connectSocket(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  try {
    const it = await start((_request, response) => json(response, 200, { ok: true }), { cluster: { 'proxy-url': proxy.url } });
    expect((await it.request(GET)).body).toEqual({ ok: true });
    await it.request(GET);
    expect(tunnels).toEqual([it.server.replace('https://', '')]);
    const peers = new WebSocketServer({ noServer: true });
    server?.server.on('upgrade', (request, socket, head) =>
      peers.handleUpgrade(request, socket, head, (peer) => peer.send('hello')),
    );
    const socket = await it.websocket('/api/v1/x', {}, ['p'], new AbortController().signal);
    socket.terminate();
  } finally {
    clusters?.close();
    await proxy.close();
  }
});

describe('a changed kubeconfig', () => {
  test('ends the old connections and gives a new cluster', async () => {
    const it = await start((request, response) => {
      if (request.url?.includes('watch')) response.writeHead(200).write('first');
      else json(response, 200, {});
    });
    const changed: string[] = [];
    clusters?.onChange((context) => changed.push(context));
    expect(clusters?.get('it')).toBe(it);
    const stream = await it.stream({ ...GET, query: { watch: 1 } });
    const ended = failure(
      (async () => {
        for await (const _chunk of stream);
      })(),
    );
    const path = join(folder, 'config');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"namespace":"ns"', '"namespace":"other"'));
    await expect.poll(() => changed, { timeout: 1_000 }).toEqual(['it']);
    expect(await ended).toMatchObject({ code: 'unreachable' });
    expect(clusters?.get('it').namespace).toBe('other');
    writeFileSync(path, text.replace('"it"', '"that"'));
    await expect.poll(() => changed, { timeout: 1_000 }).toEqual(['it', 'it']);
    expect(() => clusters?.get('it')).toThrow(expect.objectContaining({ failure: { code: 'context-unknown', context: 'it' } }));
  });

  test('that says the same keeps the cluster', async () => {
    const it = await start((_request, response) => json(response, 200, {}));
    const path = join(folder, 'config');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(clusters?.get('it')).toBe(it);
  });
});

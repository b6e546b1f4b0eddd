import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createLoopback } from './loopback.ts';
import { createSessions, firstSession } from './sessions.ts';

const secret = 'the-first-secret';
let folder: string;
let port: number;
let close: () => void;
let sockets: WebSocket[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emberdeck-loopback-'));
  writeFileSync(join(folder, 'index.html'), '<p>the page</p>');
  writeFileSync(join(folder, '../outside.json'), '{"not":"the page"}');
  let count = 0;
  sockets = [];
  const server = createLoopback({
    pageFolder: folder,
    sessions: createSessions(
      firstSession(secret),
      () => `random-${count++}`,
      () => {},
    ),
    opened: (socket) => void sockets.push(socket as unknown as WebSocket),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  close = () => {
    for (const socket of sockets) socket.terminate();
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(folder, '../outside.json'), { force: true });
});

const own = () => `http://127.0.0.1:${port}`;

interface Asked {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function ask({ path = '/', method = 'GET', headers = {}, body = '' }: Asked) {
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Writes bytes as they are, then breaks the connection. */
function breakOff(bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      setTimeout(() => {
        socket.resetAndDestroy();
        setTimeout(resolve, 20);
      }, 20);
    });
    socket.on('error', () => {});
  });
}

const session = (given: string, headers: Record<string, string> = { origin: own() }) =>
  ask({ path: '/session', method: 'POST', headers, body: JSON.stringify({ secret: given }) });

/** The status a WebSocket is answered with; 101 when it opens. */
function upgrade(protocols: string[], headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, protocols, { headers });
    socket.once('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

describe('the page', () => {
  it('is served with its policy', async () => {
    const answer = await ask({});
    expect(answer).toMatchObject({ status: 200, text: '<p>the page</p>' });
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it.each([
    ['a foreign host', { headers: { host: 'evil.example' } }, 403],
    ['localhost instead of the address', { headers: { host: 'localhost' } }, 403],
    ['a foreign origin', { headers: { origin: 'http://evil.example' } }, 403],
    ['a way out of the folder', { path: '/../outside.json' }, 404],
    ['an encoded way out', { path: '/%2e%2e/outside.json' }, 404],
    ['an encoded separator', { path: '/..%2foutside.json' }, 404],
    ['a NUL', { path: '/index.html%00.json' }, 404],
    ['another method', { method: 'PUT' }, 404],
    ['an address of another server', { path: 'http://evil.example/outside.json' }, 404],
    ['what is no address', { path: '//' }, 400],
  ])('is refused to %s', async (_name, asked: Asked, status) => {
    const headers = { host: `127.0.0.1:${port}`, ...asked.headers };
    expect((await ask({ ...asked, headers })).status).toBe(status);
    expect((await ask({})).status).toBe(200);
  });
});

describe('a session', () => {
  it('opens once for each secret', async () => {
    const first = await session(secret);
    expect(first.status).toBe(200);
    expect((await session(secret)).status).toBe(403);
    expect((await session(JSON.parse(first.text).next)).status).toBe(200);
  });

  it.each([
    ['no origin', {}],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
  ])('is refused to %s, and the secret is still good', async (_name, headers) => {
    expect((await session(secret, headers)).status).toBe(403);
    expect((await session(secret)).status).toBe(200);
  });

  it('takes no long body', async () => {
    expect((await session('x'.repeat(5_000))).status).toBe(413);
  });
});

describe('the socket', () => {
  it('opens once for each ticket', async () => {
    const { ticket } = JSON.parse((await session(secret)).text);
    expect(await upgrade(['emberdeck', ticket], { origin: own() })).toBe(101);
    expect(await upgrade(['emberdeck', ticket], { origin: own() })).toBe(403);
  });

  it.each([
    ['without a ticket', ['emberdeck'], undefined],
    ['with a page’s secret as its ticket', ['emberdeck', secret], undefined],
    ['with another protocol', ['other'], undefined],
    ['from a foreign origin', ['emberdeck', 'ticket'], 'http://evil.example'],
  ])('stays shut %s', async (_name, protocols, origin) => {
    const { ticket } = JSON.parse((await session(secret)).text);
    const offered = protocols.map((each) => (each === 'ticket' ? ticket : each));
    expect(await upgrade(offered, { origin: origin ?? own() })).toBe(403);
  });
});

describe('nothing ends the server:', () => {
  const head = () => `Host: 127.0.0.1:${port}\r\nOrigin: ${own()}\r\n`;
  it.each([
    ['what is no address', () => `GET // HTTP/1.1\r\n${head()}\r\n`],
    ['a body that breaks off', () => `POST /session HTTP/1.1\r\n${head()}Content-Length: 100\r\n\r\n{"sec`],
    [
      'an upgrade that breaks off',
      () => `GET /rpc HTTP/1.1\r\n${head()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n${'x'.repeat(100_000)}`,
    ],
    ['two lengths', () => `POST /session HTTP/1.1\r\n${head()}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a tunnel', () => `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${head()}\r\n`],
    ['no HTTP', () => '\0\0\0\0'],
  ])('%s', async (_name, bytes) => {
    await breakOff(bytes());
    expect((await ask({})).status).toBe(200);
  });
});

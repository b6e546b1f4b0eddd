import { createServer, request } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { FailureError } from '../../shared/failure.ts';
import { type LocalProxy, openProxy } from './proxy.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

/** A page as Spark serves it: framed by itself only, a cookie, a redirect to its own host. */
async function sparkLike(): Promise<() => Promise<Duplex>> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/') return void outgoing.writeHead(302, { location: `http://${incoming.headers.host}/jobs/` }).end();
    outgoing.writeHead(200, { 'x-frame-options': 'SAMEORIGIN', 'set-cookie': 'a=b', 'content-type': 'text/html' });
    outgoing.end(`${incoming.method} ${incoming.url} cookie=${incoming.headers.cookie ?? 'none'}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return async () => connect((server.address() as AddressInfo).port, '127.0.0.1');
}

async function proxy(connectTo: (signal: AbortSignal) => Promise<Duplex>): Promise<LocalProxy> {
  const opened = await openProxy(connectTo);
  open.push(opened);
  return opened;
}

function ask(url: string, options: { method?: string; path?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const outgoing = request(url, { agent: false, ...options }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    outgoing.once('error', reject).end();
  });
}

it('passes pages on, free to be framed, without cookies in either direction', async () => {
  const { url } = await proxy(await sparkLike());
  const answer = await ask(url, { path: '/jobs/', headers: { cookie: 'session=secret' } });
  expect(answer).toMatchObject({ status: 200, text: 'GET /jobs/ cookie=none' });
  expect(answer.headers['x-frame-options']).toBeUndefined();
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain('frame-ancestors');
});

it('keeps redirects on its own address', async () => {
  const { url } = await proxy(await sparkLike());
  expect((await ask(url)).headers.location).toBe(`${url}jobs/`);
});

it.each([
  ['/base/jobs/', '/jobs/'],
  ['/base', '/'],
  ['/base?id=1', '/?id=1'],
  ['/basement/', '/basement/'],
  ['/jobs/', '/jobs/'],
])('takes a prefix off that only the links of the pages have: %s', async (path, asked) => {
  const opened = await openProxy(await sparkLike(), () => '/base');
  open.push(opened);
  const answer = await ask(opened.url, { path });
  if (asked === '/') expect(answer.status).toBe(302);
  else expect(answer.text).toContain(`GET ${asked} `);
});

it('finds a kill link behind a prefix', async () => {
  const opened = await openProxy(await sparkLike(), () => '/base');
  open.push(opened);
  expect((await ask(opened.url, { path: '/base/jobs/job/kill/?id=1' })).status).toBe(403);
});

it('listens on loopback only', async () => {
  const { url } = await proxy(await sparkLike());
  expect(new URL(url).hostname).toBe('127.0.0.1');
});

it.each([
  ['a foreign host (DNS rebinding)', { headers: { host: 'evil.example' } }, 403],
  ['localhost on another port', { headers: { host: '127.0.0.1:1' } }, 403],
  ['a post without an origin', { method: 'POST', path: '/jobs/job/kill/' }, 403],
  ['a post from elsewhere', { method: 'POST', path: '/x', headers: { origin: 'http://evil.example' } }, 403],
  ['a kill link from elsewhere', { path: '/jobs/job/kill/?id=1', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['a kill link in encoded letters', { path: '/jobs/job/%6bill/?id=1', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['a kill link with parameters', { path: '/jobs/job/kill;a=b/?id=1', headers: { 'sec-fetch-site': 'same-site' } }, 403],
  ['a kill link that cannot be read', { path: '/jobs/job/%kill/', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['a kill link opened by nobody knows whom', { path: '/jobs/job/kill/?id=1' }, 403],
  [
    'a script that a page from elsewhere loads',
    { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
    403,
  ],
  ['a page framed by ours', { path: '/jobs/', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } }, 200],
  ['the address of another server', { path: 'http://evil.example/' }, 403],
  ['a service worker', { path: '/worker.js', headers: { 'service-worker': 'script', 'sec-fetch-site': 'same-origin' } }, 403],
  ['a kill link of its own pages', { path: '/jobs/job/kill/?id=1', headers: { 'sec-fetch-site': 'same-origin' } }, 200],
])('answers %s', async (_name, options, status) => {
  const { url } = await proxy(await sparkLike());
  expect((await ask(url, options)).status).toBe(status);
});

/** A driver that answers every request with these bytes. */
async function answering(bytes: string): Promise<() => Promise<Duplex>> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return async () => connect((server.address() as AddressInfo).port, '127.0.0.1');
}

it.each([
  ['a status that is none', 'HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n', 502],
  ['another protocol', 'HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 502],
  ['no HTTP', '\0\0\0', 502],
  ['headers without end', `HTTP/1.1 200 X\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 502],
  ['trailers it cannot send', 'HTTP/1.1 200 X\r\nTrailer: X\r\nContent-Length: 2\r\n\r\nok', 200],
])('outlives a driver that answers with %s', async (_name, bytes, status) => {
  const { url } = await proxy(await answering(bytes));
  expect((await ask(url)).status).toBe(status);
});

it('lets a page leave nothing behind for the next one on its port', async () => {
  const head = 'HTTP/1.1 200 X\r\nClear-Site-Data: "*"\r\nService-Worker-Allowed: /\r\nContent-Length: 2\r\n\r\nok';
  const { url } = await proxy(await answering(head));
  const { headers } = await ask(url);
  expect(headers['clear-site-data']).toBeUndefined();
  expect(headers['service-worker-allowed']).toBeUndefined();
});

it('says in words why nobody answers', async () => {
  const { url } = await proxy(async () => {
    throw new FailureError({ code: 'unreachable', server: 'pi-driver:4040', reason: 'connection refused' });
  });
  const answer = await ask(url);
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('connection refused');
});

it('ends what is under way when it is closed', async () => {
  const opened = await proxy(async () => connect((await silent()).port, '127.0.0.1'));
  const waiting = ask(opened.url).then(
    () => 'answered',
    () => 'ended',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  opened.close();
  expect(await waiting).toBe('ended');
});

async function silent(): Promise<AddressInfo> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return server.address() as AddressInfo;
}

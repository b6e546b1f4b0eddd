import { request } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { at } from '../json.ts';
import { applications, type Bench, openBench } from '../testing.ts';
import type { Break, Fault } from './fault.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: ['kubeflow'] });
});
afterEach(async () => {
  bench.cluster.faults.clear();
  await bench.ask('POST', '/control/clock', { skewMs: 0 });
});
afterAll(() => bench.cluster.close());

const pods = '/api/v1/namespaces/default/pods';
const watching = `${pods}?watch=true`;
/** Long enough on loopback for anything more that is going to come. */
const QUIET = 200;
/** For what must come, however busy the machine is. */
const soon = { timeout: 10_000, interval: 5 };

/** What a client of bare TLS sees of a GET: the bytes, and how it went on. */
interface Seen {
  text: string;
  end: 'reset' | 'fin' | 'open';
  /** Whether the server closed its reading side too, which shows when the client goes on writing. */
  closed: boolean;
}

/** Asks on a connection of its own, and expects to see that and nothing more; `begun` is called when the answer has begun. */
async function expectToSee(path: string, expected: object, begun?: () => void): Promise<void> {
  const { url, authority, token } = bench.cluster;
  const { hostname, port } = new URL(url);
  const seen: Seen = { text: '', end: 'open', closed: false };
  const options = { host: hostname, port: Number(port), ca: authority, allowHalfOpen: true };
  const socket: TLSSocket = connect(options);
  socket.on('data', (chunk) => {
    if (seen.text === '') begun?.();
    seen.text += chunk.toString();
  });
  socket.on('error', (error) => {
    if ('code' in error && error.code === 'ECONNRESET' && seen.end === 'open') seen.end = 'reset';
  });
  socket.once('end', () => {
    seen.end = 'fin';
    socket.write('\r\n');
  });
  socket.once('close', () => {
    seen.closed = true;
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: demo\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await vi.waitFor(() => expect(seen).toMatchObject(expected), soon);
  await new Promise((resolve) => setTimeout(resolve, QUIET));
  expect(seen).toMatchObject(expected);
  socket.destroy();
}

describe('a request that is not answered', () => {
  const cases: [Break, Partial<Seen>][] = [
    ['reset', { text: '', end: 'reset', closed: true }],
    ['end', { text: '', end: 'fin' }],
    ['blackhole', { text: '', end: 'open', closed: false }],
    ['half-close', { text: '', end: 'fin', closed: false }],
  ];
  test.each(cases)('%s', async (kind, expected) => {
    bench.cluster.faults.add({ match: { method: 'GET', path: 'pods' }, kind });
    await expectToSee(pods, expected);
    expect((await bench.ask('GET', applications)).status).toBe(200);
  });
});

describe('a watch that runs', () => {
  const cases: [Break, RegExp, Partial<Seen>][] = [
    ['reset', /200 OK/, { end: 'reset' }],
    ['end', /\r\n0\r\n\r\n$/, { end: 'open' }],
    ['blackhole', /200 OK/, { end: 'open' }],
    ['half-close', /200 OK(?![\s\S]*\r\n0\r\n\r\n$)/, { end: 'fin', closed: false }],
  ];
  test.each(cases)('is struck now: %s', async (kind, text, expected) => {
    const strike = () => void bench.ask('POST', '/control/strike', { match: { path: 'watch' }, kind });
    await expectToSee(watching, { ...expected, text: expect.stringMatching(text) }, strike);
  });

  test.each(cases)('breaks after a while: %s', async (kind, text, expected) => {
    bench.cluster.faults.add({ match: { path: 'watch' }, kind, delayMs: 50 });
    await expectToSee(watching, { ...expected, text: expect.stringMatching(text) });
  });
});

describe('an answer on command', () => {
  const cases: [number, string][] = [
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [409, 'Conflict'],
    [410, 'Expired'],
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
  ];
  test.each(cases)('%d', async (status, reason) => {
    await bench.ask('POST', '/control/faults', { match: { path: 'pods' }, kind: 'status', status, retryAfter: 3 });
    const response = await bench.fetch(pods);
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '3']);
    expect(await response.json()).toMatchObject({ kind: 'Status', reason, code: status, details: { retryAfterSeconds: 3 } });
  });

  test('may say anything', async () => {
    bench.cluster.faults.add({ match: {}, kind: 'status', status: 403, body: { message: 'no' } });
    expect((await bench.ask('GET', pods)).body).toMatchObject({ message: 'no', reason: 'Forbidden' });
  });
});

describe('counts requests', () => {
  const cases: [string, Pick<Fault, 'nth' | 'times'>, number[]][] = [
    ['always', {}, [503, 503, 503, 503]],
    ['once', { times: 1 }, [503, 200, 200, 200]],
    ['the second', { nth: 2 }, [200, 503, 200, 200]],
    ['two from the second on', { nth: 2, times: 2 }, [200, 503, 503, 200]],
    ['all from the third on', { nth: 3, times: 'always' }, [200, 200, 503, 503]],
  ];
  test.each(cases)('%s', async (_name, count, expected) => {
    await bench.ask('POST', '/control/faults', { match: { method: 'GET', path: 'pods' }, kind: 'status', status: 503, ...count });
    const statuses: number[] = [];
    for (const _ of expected) {
      statuses.push((await bench.ask('GET', pods)).status);
      await bench.ask('GET', applications);
    }
    expect(statuses).toEqual(expected);
  });
});

describe('slow', () => {
  const cases: [string, Partial<Fault>][] = [
    ['in small pieces', { kind: 'slow', slowBytes: 1000 }],
    ['late', { kind: 'slow', delayMs: 200 }],
  ];
  test.each(cases)('%s', async (_name, fault) => {
    await bench.ask('POST', '/control/faults', { match: { path: '/version' }, ...fault });
    const begun = Date.now();
    expect((await bench.ask('GET', '/version')).body.major).toBe('1');
    expect(Date.now() - begun).toBeGreaterThan(150);
  });
});

describe('a WebSocket', () => {
  beforeAll(async () => {
    const containers = [{ name: 'main', image: 'busybox', command: ['sh', '-c', 'sleep 1000'] }];
    await bench.ask('POST', pods, { metadata: { name: 'stays' }, spec: { containers } });
    await vi.waitUntil(async () => at((await bench.ask('GET', `${pods}/stays`)).body, 'status', 'phase') === 'Running', 5000);
  });

  /** A shell that waits for input; `mark` makes its address its own. */
  const open = (mark: string): WebSocket => {
    const { url, authority, token } = bench.cluster;
    const address = `${url.replace('https', 'wss')}${pods}/stays/exec?command=sh&stdin=true&stdout=true&mark=${mark}`;
    return new WebSocket(address, ['v4.channel.k8s.io'], { ca: authority, headers: { Authorization: `Bearer ${token}` } });
  };
  /** How it ends: an error before it opens, or the code. */
  const outcome = (socket: WebSocket): Promise<string> =>
    new Promise((resolve) => {
      socket.once('error', (error) => resolve(error.message));
      socket.once('close', (code) => resolve(String(code)));
    });

  const refused: [string, Fault, RegExp][] = [
    ['with a status', { match: { path: 'exec' }, kind: 'status', status: 503 }, /response: 503/],
    ['by a reset', { match: { path: 'exec' }, kind: 'reset' }, /ECONNRESET|disconnected/],
    ['by an end', { match: { path: 'exec' }, kind: 'end' }, /hang up/],
  ];
  test.each(refused)('is refused %s', async (_name, fault, message) => {
    bench.cluster.faults.add(fault);
    expect(await outcome(open('refused'))).toMatch(message);
  });

  const struck: [Break, string | null][] = [
    ['reset', '1006'],
    ['end', '1000'],
    ['half-close', '1006'],
    ['blackhole', null],
  ];
  test.each(struck)('is struck: %s', async (kind, code) => {
    const socket = open(kind);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => {
      socket.once('close', (found) => resolve(String(found)));
      if (code === null) setTimeout(() => resolve(null), 2 * QUIET);
    });
    expect((await bench.ask('POST', '/control/strike', { match: { path: `mark=${kind}` }, kind })).body.struck).toBe(1);
    expect(await closed).toBe(code);
    socket.terminate();
    await bench.ask('POST', '/control/strike', { match: { path: `mark=${kind}` }, kind: 'reset' });
  });
});

test('a clock that goes wrong shows in the header Date and in what is made', async () => {
  const { body } = await bench.ask('POST', '/control/clock', { skewMs: -3_600_000 });
  expect(Date.now() - Date.parse(String(body.now))).toBeGreaterThan(3_590_000);
  const response = await bench.fetch('/api/v1/namespaces/default/configmaps', {
    method: 'POST',
    headers: { Authorization: `Bearer ${bench.cluster.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ metadata: { name: 'early' } }),
  });
  expect(Date.now() - Date.parse(response.headers.get('date') ?? '')).toBeGreaterThan(3_590_000);
  const made = JSON.stringify(await response.json());
  const [, time = ''] = /"creationTimestamp":"([^"]+)"/.exec(made) ?? [];
  expect(Date.now() - Date.parse(time)).toBeGreaterThan(3_590_000);
});

describe('control says what is wrong', () => {
  const cases: [string, string, unknown, RegExp][] = [
    ['POST', 'faults', { kind: 'explode' }, /^kind must be one of reset, end, blackhole, half-close, status, slow$/],
    ['POST', 'faults', { kind: 'status' }, /^status must be a number from 400 to 599$/],
    ['POST', 'faults', { kind: 'status', status: 200 }, /^status must be/],
    ['POST', 'faults', { kind: 'slow' }, /^slow needs delayMs or slowBytes$/],
    ['POST', 'faults', { kind: 'reset', nth: 0 }, /^nth must be a whole number above 0$/],
    ['POST', 'faults', { kind: 'reset', slowBytes: 1 }, /^unknown field slowBytes$/],
    ['POST', 'faults', { kind: 'reset', match: { path: '(' } }, /^match\.path is no regular expression/],
    ['POST', 'faults', { kind: 'reset', match: { paht: 'x' } }, /^unknown field match\.paht$/],
    ['POST', 'strike', { kind: 'status' }, /^kind must be one of reset, end, blackhole, half-close$/],
    ['POST', 'clock', {}, /^skewMs must be/],
    ['POST', 'clock', [], /^the body must be an object$/],
    ['PUT', 'faults', {}, /^unknown control PUT/],
  ];
  test.each(cases)('%s %s %j', async (method, what, body, message) => {
    const answer = await bench.ask(method, `/control/${what}`, body);
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringMatching(message)]);
  });
});

test('without a token an upgrade is refused', async () => {
  const { hostname, port } = new URL(bench.cluster.url);
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
  const status = await new Promise((resolve) => {
    const asking = request({ hostname, port, path: `${pods}/x/exec`, ca: bench.cluster.authority, headers }, (response) =>
      resolve(response.resume().statusCode),
    );
    asking.end();
  });
  expect(status).toBe(401);
});

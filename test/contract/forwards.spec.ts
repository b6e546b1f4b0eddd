import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, type LineState, openLine } from '../../electron/forwards/line.ts';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { exec } from './exec-client.ts';
import { corePath, ownNamespace } from './objects.ts';
import { container, podOf, podsIn } from './pod-objects.ts';
import { failureOf, openTarget, type Target, until } from './target.ts';

const SIZE = 24 * 1024 * 1024;
let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
const lines: Line[] = [];

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  const pods = podsIn(target.admin, own.namespace);
  const server = { command: ['python3', '-m', 'http.server', '8000'], workingDir: '/tmp' };
  for (const name of ['server', 'doomed']) await pods.create(podOf(name, [container('main', '', server)]));
  for (const name of ['server', 'doomed']) await pods.once(name, 'runs', ({ phase }) => phase === 'Running');
  const script = `echo hello > /tmp/small${target.demo === null ? `; head -c ${SIZE} /dev/zero > /tmp/big` : ''}`;
  const remote = await exec(target.admin, own.namespace, 'server', ['sh', '-c', script]);
  expect(await remote.code()).toBe(0);
  await until('the server listens', 20, async () => {
    const stream = await openTunnel(target.admin, place('server'), AbortSignal.timeout(10_000));
    return (await request(stream, '/small').catch(() => '')).includes('hello') ? true : null;
  });
}, 90_000);

afterAll(async () => {
  for (const line of lines) line.close();
  await own?.remove();
  await target?.close();
});

const place = (pod: string, port = 8000) => ({ namespace: own.namespace, pod, port });

/** A line, and what was told of it with the times. */
async function lineTo(pod: string, port = 8000): Promise<{ line: Line; told: { at: number; state: LineState }[] }> {
  const told: { at: number; state: LineState }[] = [];
  const line = openLine(
    () => target.admin,
    place(pod, port),
    systemClock,
    (state) => told.push({ at: Date.now(), state }),
  );
  lines.push(line);
  await until('the line is up', 10, () => (told.at(-1)?.state.state === 'up' ? true : null));
  return { line, told };
}

const connect = (line: Line): Promise<Duplex> => line.connect(AbortSignal.timeout(10_000));

/** The whole answer to a request after which nothing more is said. */
function request(stream: Duplex, path: string): Promise<string> {
  stream.end(`GET ${path} HTTP/1.0\r\n\r\n`);
  return text(stream);
}

test('an answer comes whole after the end of the other half, again and again', async () => {
  const { line } = await lineTo('server');
  for (let round = 0; round < 10; round += 1) expect(await request(await connect(line), '/small')).toMatch(/\r\n\r\nhello\n$/);
});

test('many connections at once do not disturb each other', async () => {
  const { line } = await lineTo('server');
  const answers = await Promise.all(Array.from({ length: 12 }, async () => request(await connect(line), '/small')));
  for (const answer of answers) expect(answer).toMatch(/\r\n\r\nhello\n$/);
});

test('a closed port is told in the words of the runtime, and the line stays', async () => {
  const { line, told } = await lineTo('server', 81);
  for (let round = 0; round < 2; round += 1) {
    const failure = await failureOf(connect(line).then((stream) => text(stream.resume())));
    expect(failure).toMatchObject({ code: 'unreachable', server: 'server:81' });
    expect(JSON.stringify(failure)).toContain('connection refused');
  }
  expect(told.at(-1)?.state).toEqual({ state: 'up' });
});

test('a reader that waits has less than 1 MiB waiting for it, and gets all of it in the end', async ({ skip }) => {
  if (target.demo !== null) skip('the files of a demo pod are small');
  const { line } = await lineTo('server');
  const stream = await connect(line);
  stream.write('GET /big HTTP/1.0\r\n\r\n');
  stream.read(0);
  await until('something waits', 10, () => (stream.readableLength > 0 ? true : null));
  let most = 0;
  for (let round = 0; round < 20; round += 1) {
    most = Math.max(most, stream.readableLength);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(most).toBeLessThan(1024 * 1024);
  // Another connection is not held up by the one that waits.
  expect(await request(await connect(line), '/small')).toMatch(/\r\n\r\nhello\n$/);
  let received = 0;
  for await (const chunk of stream) received += chunk.length;
  expect(received).toBeGreaterThan(SIZE);
});

test('the death of the pod closes its connections, and the next one is refused', async () => {
  const { line } = await lineTo('doomed');
  const stream = await connect(line);
  stream.on('error', () => undefined).resume();
  let closed = false;
  stream.once('end', () => {
    closed = true;
  });
  stream.once('close', () => {
    closed = true;
  });
  stream.write('GET / HTTP/1.0\r\n');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(closed).toBe(false);
  const path = `${corePath(own.namespace, 'pods')}/doomed`;
  await target.admin.request({ method: 'DELETE', path, query: { gracePeriodSeconds: 1 } });
  await until('the pod is gone', 30, () => failureOf(target.admin.request({ method: 'GET', path })).catch(() => null));
  await until('the connection is closed', 1, () => (closed ? true : null));
  await expect(connect(line).then((next) => text(next))).rejects.toThrow();
}, 40_000);

import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createManualClock } from '../watch/testing/manual-clock.ts';
import { type ExecEnd, sessionOver, WINDOW } from './exec.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** A session and the API server's end of it. */
async function open(protocol = 'v5.channel.k8s.io') {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => protocol });
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, [protocol]);
  await new Promise((resolve) => client.once('open', resolve));
  const kubelet = await accepted;
  const heard: Buffer[] = [];
  kubelet.on('message', (data: Buffer) => heard.push(data));
  const clock = createManualClock(0);
  const output: [string, Buffer][] = [];
  const ends: ExecEnd[] = [];
  const session = sessionOver(client, clock, {
    onOutput: (channel, bytes) => output.push([channel, bytes]),
    onEnd: (end) => ends.push(end),
  });
  return { session, kubelet, client, clock, heard, output, ends };
}

const frame = (channel: number, payload: Uint8Array | string) => Buffer.concat([Uint8Array.of(channel), Buffer.from(payload)]);
const exitStatus = (code: number) => ({
  metadata: {},
  status: 'Failure',
  message: `command terminated with non-zero exit code: error executing command [sh], exit code ${code}`,
  reason: 'NonZeroExitCode',
  details: { causes: [{ reason: 'ExitCode', message: `${code}` }] },
});

describe('an exec session', () => {
  it('carries bytes both ways, apart, and whole', async () => {
    const { session, kubelet, output, heard } = await open();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    kubelet.send(frame(1, ''));
    kubelet.send(frame(1, bytes));
    kubelet.send(frame(2, 'oh'));
    await expect.poll(() => output.length).toBe(2);
    expect(output).toEqual([
      ['stdout', bytes],
      ['stderr', Buffer.from('oh')],
    ]);
    await session.write(bytes);
    session.resize({ columns: 120, rows: 40 });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard).toEqual([frame(0, bytes), frame(4, '{"Width":120,"Height":40}')]);
  });

  it('sends much input in pieces', async () => {
    const { session, heard } = await open();
    await session.write(Buffer.alloc(100_000, 7));
    await expect.poll(() => heard.reduce((sum, piece) => sum + piece.length - 1, 0)).toBe(100_000);
    expect(Math.max(...heard.map((piece) => piece.length))).toBe(32 * 1024 + 1);
  });

  it.each([
    ['v5.channel.k8s.io', true, [frame(255, Uint8Array.of(0))]],
    ['v4.channel.k8s.io', false, []],
  ])('ends the input where the protocol can: %s', async (protocol, can, expected) => {
    const { session, heard, kubelet } = await open(protocol);
    expect(session.endInput()).toBe(can);
    kubelet.send(frame(1, 'x'));
    await expect.poll(() => heard).toEqual(expected);
  });

  it.each<[string, string, ExecEnd]>([
    ['success', JSON.stringify({ metadata: {}, status: 'Success' }), { end: 'exit', code: 0 }],
    ['an exit code', JSON.stringify(exitStatus(3)), { end: 'exit', code: 3 }],
    [
      'a refusal',
      JSON.stringify({ status: 'Failure', reason: 'InternalError', message: 'no such file or directory' }),
      { end: 'refused', message: 'no such file or directory' },
    ],
    ['plain words', 'container not running', { end: 'refused', message: 'container not running' }],
  ])('ends with %s', async (_, status, end) => {
    const { kubelet, ends } = await open();
    kubelet.send(frame(3, status));
    kubelet.close(1000);
    await expect.poll(() => ends).toEqual([end]);
  });

  it('says that it was lost when nobody said how it ended', async () => {
    const { kubelet, ends } = await open();
    kubelet.terminate();
    await expect.poll(() => ends).toMatchObject([{ end: 'lost', failure: { code: 'unreachable' } }]);
  });

  it('makes the server wait while nothing is acknowledged, and go on when it is', async () => {
    const { session, kubelet, client, output } = await open();
    for (let sent = 0; sent < 4 * WINDOW; sent += 32 * 1024) kubelet.send(frame(1, Buffer.alloc(32 * 1024)));
    const received = () => output.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    await expect.poll(() => client.isPaused).toBe(true);
    const before = received();
    expect(before).toBeLessThanOrEqual(WINDOW + 3 * 64 * 1024);
    session.acknowledge(before);
    await expect.poll(received).toBeGreaterThan(before);
  });

  it('pings, stays while it is answered, and is lost when it is not', async () => {
    const { kubelet, clock, ends } = await open();
    let pings = 0;
    kubelet.on('ping', () => {
      pings += 1;
    });
    for (let round = 1; round <= 3; round += 1) {
      await clock.pass(25_000);
      await expect.poll(() => pings).toBe(round);
    }
    kubelet.pause();
    await clock.pass(50_000);
    await expect.poll(() => ends).toMatchObject([{ end: 'lost' }]);
  });

  it('is not lost while it is paused, when no answer can be read', async () => {
    const { session, kubelet, client, clock, ends, output } = await open();
    kubelet.send(frame(1, Buffer.alloc(2 * WINDOW)));
    await expect.poll(() => client.isPaused).toBe(true);
    await clock.pass(300_000);
    expect(ends).toEqual([]);
    session.acknowledge(2 * WINDOW);
    kubelet.send(frame(1, 'still here'));
    await expect.poll(() => output.at(-1)?.[1].toString()).toBe('still here');
  });
});

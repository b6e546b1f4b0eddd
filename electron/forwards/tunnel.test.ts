import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { tunnelOver } from './tunnel.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

const port = Uint8Array.of(0xc8, 0x0f);
const frame = (channel: number, payload: Uint8Array | string) => Buffer.concat([Uint8Array.of(channel), Buffer.from(payload)]);

/** A tunnel and the kubelet's end of it; both channels have been announced as the kubelet does. */
async function open() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((resolve) => client.once('open', resolve));
  const tunnel = tunnelOver(client, { namespace: 'default', pod: 'pi-driver', port: 4040 });
  const kubelet = await accepted;
  kubelet.send(frame(0, port));
  kubelet.send(frame(1, port));
  return { tunnel, kubelet, client };
}

it('carries bytes both ways and keeps the announcements out of them', async () => {
  const { tunnel, kubelet } = await open();
  const heard = new Promise<Buffer>((resolve) => kubelet.once('message', (data: Buffer) => resolve(data)));
  tunnel.write('GET /');
  expect(await heard).toEqual(frame(0, 'GET /'));
  kubelet.send(frame(0, 'half '));
  kubelet.send(frame(0, 'and half'));
  kubelet.close();
  expect(await text(tunnel)).toBe('half and half');
});

it('tells in the words of the kubelet that nobody listens', async () => {
  const { tunnel, kubelet } = await open();
  const failed = new Promise<Error & { failure?: unknown }>((resolve) => tunnel.once('error', resolve));
  kubelet.send(frame(1, 'dial tcp4 127.0.0.1:4040: connect: connection refused'));
  expect((await failed).failure).toMatchObject({ code: 'unreachable', server: 'pi-driver:4040' });
});

it('closes the socket with the stream', async () => {
  const { tunnel, kubelet } = await open();
  const closed = new Promise((resolve) => kubelet.once('close', resolve));
  tunnel.destroy();
  await closed;
});

it('stops the sender while nobody reads', async () => {
  const { tunnel, kubelet, client } = await open();
  for (let sent = 0; sent < 64; sent += 1) kubelet.send(frame(0, Buffer.alloc(64 * 1024)));
  await expect.poll(() => client.isPaused).toBe(true);
  expect(tunnel.readableLength).toBeLessThan(1024 * 1024);
});

import { createInflate } from 'node:zlib';
import { expect, it } from 'vitest';
import { createFrameReader, dataFrame, openingFrames, pingFrame, resetFrame, type SpdyEvent } from './spdy-frames.ts';

function read(bytes: Buffer, size: number): SpdyEvent[] {
  const events: SpdyEvent[] = [];
  const feed = createFrameReader((event) => events.push(event));
  for (let at = 0; at < bytes.length; at += size) feed(bytes.subarray(at, at + size));
  return events;
}

it.each([1, 7, 8, 9, 100, 100_000])('reads frames from pieces of %i bytes', (size) => {
  const payload = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
  const bytes = Buffer.concat([
    pingFrame(7),
    dataFrame(3, payload, false),
    resetFrame(5),
    openingFrames(0, 4040),
    dataFrame(3, new Uint8Array(), true),
    dataFrame(9, payload, true),
  ]);
  const events = read(bytes, size);
  const dataOf = (stream: number) =>
    Buffer.concat(events.flatMap((event) => (event.kind === 'data' && event.stream === stream ? [event.payload] : [])));
  expect([dataOf(3), dataOf(9)]).toEqual([payload, payload]);
  expect(events.filter(({ kind }) => kind !== 'data')).toEqual([
    { kind: 'ping', id: 7 },
    { kind: 'reset', stream: 5 },
    { kind: 'end', stream: 3 },
    { kind: 'end', stream: 9 },
  ]);
});

it('says that the server is to go away', () => {
  expect(read(Buffer.from('8003000700000008000000010000000000'.slice(0, 32), 'hex'), 100)).toEqual([{ kind: 'away' }]);
});

it.each([
  ['another version', '8002000600000004000000010000'],
  ['a header of no end', '80030002004fffff'],
])('takes %s for no SPDY', (_name, hex) => {
  expect(() => read(Buffer.from(hex, 'hex'), 100)).toThrow('does not speak SPDY');
});

it('packs headers so that each can be unpacked as it comes, in one stream for all connections', async () => {
  const inflate = createInflate();
  let text = '';
  inflate.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  for (const [index, port] of [4040, 18080].entries()) {
    const frames = openingFrames(index, port);
    for (let at = 0; at < frames.length; ) {
      const length = frames.readUIntBE(at + 5, 3);
      await new Promise((resolve) => inflate.write(frames.subarray(at + 18, at + 8 + length), resolve));
      at += 8 + length;
    }
    expect(text.match(/streamtype....(error|data)/g)?.length).toBe(2 * (index + 1));
    expect(text).toContain(`${port}`);
  }
});

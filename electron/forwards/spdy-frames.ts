/**
 * The part of SPDY/3.1 that a port-forward needs, inside the messages of a WebSocket (`SPDY/3.1+portforward.k8s.io`). The container
 * runtimes' end (moby/spdystream) sends no flow control and wants none; what it says in its headers is of no use here and is not read.
 */
export type SpdyEvent =
  | { kind: 'data'; stream: number; payload: Buffer }
  | { kind: 'end'; stream: number }
  | { kind: 'reset'; stream: number }
  | { kind: 'ping'; id: number }
  /** The other side opens no more streams and is about to go. */
  | { kind: 'away' };

const HEAD = 8;
const LAST = 1;
const Type = { open: 1, reset: 3, ping: 6, away: 7 } as const;
/** Longest control frame that is taken: a header block of an answer is some bytes. */
const CONTROL_LIMIT = 64 * 1024;

/**
 * Reads frames from pieces of any size. The bytes of data frames are handed on as they come, without waiting for the frame's end and
 * without a copy. Throws when the other side does not speak SPDY.
 */
export function createFrameReader(onEvent: (event: SpdyEvent) => void): (bytes: Buffer) => void {
  /** The beginning of a frame of which not all came yet: its head, and for control frames its body. */
  let held: Buffer = Buffer.alloc(0);
  let data: { stream: number; last: boolean; left: number } | null = null;

  function endOfData(): void {
    if (data === null || data.left > 0) return;
    const { last, stream } = data;
    data = null;
    if (last) onEvent({ kind: 'end', stream });
  }

  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      if (data !== null) {
        const payload = bytes.subarray(at, at + data.left);
        data.left -= payload.length;
        at += payload.length;
        onEvent({ kind: 'data', stream: data.stream, payload });
        endOfData();
        continue;
      }
      const wanted = held.length < HEAD ? HEAD : HEAD + held.readUIntBE(5, 3);
      const piece = bytes.subarray(at, at + wanted - held.length);
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      at += piece.length;
      if (held.length < HEAD) return;
      const length = held.readUIntBE(5, 3);
      const isControl = held.readUInt8(0) >= 0x80;
      if (!isControl) {
        data = { stream: held.readUInt32BE(0), last: (held.readUInt8(4) & LAST) !== 0, left: length };
        held = Buffer.alloc(0);
        endOfData();
        continue;
      }
      if (held.readUInt16BE(0) !== 0x8003 || length > CONTROL_LIMIT) throw new Error('the server does not speak SPDY/3.1');
      if (held.length < HEAD + length) continue;
      const event = controlEvent(held);
      held = Buffer.alloc(0);
      if (event !== null) onEvent(event);
    }
  };
}

function controlEvent(frame: Buffer): SpdyEvent | null {
  if (frame.length < HEAD + 4) return null;
  const first = frame.readUInt32BE(HEAD);
  switch (frame.readUInt16BE(2)) {
    case Type.reset:
      return { kind: 'reset', stream: first & 0x7fffffff };
    case Type.ping:
      return { kind: 'ping', id: first };
    case Type.away:
      return { kind: 'away' };
    default:
      return null;
  }
}

/** A data frame; `last` ends this direction of the stream. */
export function dataFrame(stream: number, payload: Uint8Array, last: boolean): Buffer {
  const frame = Buffer.allocUnsafe(HEAD + payload.length);
  frame.writeUInt32BE(stream, 0);
  frame.writeUInt8(last ? LAST : 0, 4);
  frame.writeUIntBE(payload.length, 5, 3);
  frame.set(payload, HEAD);
  return frame;
}

export function pingFrame(id: number): Buffer {
  return control(Type.ping, 0, word(id));
}

/** Says that a stream is no longer wanted (`CANCEL`). */
export function resetFrame(stream: number): Buffer {
  return control(Type.reset, 0, Buffer.concat([word(stream), word(5)]));
}

/**
 * Frames that open the two streams of the connection number `index` (from 0) of a session: `error`, ended on our side at once, and
 * `data`. All headers of a session are one zlib stream, here of stored blocks, so nothing has to be packed; the first has its head.
 */
export function openingFrames(index: number, port: number): Buffer {
  const ids = streamsOf(index);
  const block = (type: string) =>
    stored(
      headerBlock([
        ['streamtype', type],
        ['port', String(port)],
        ['requestid', String(index)],
      ]),
    );
  const head = index === 0 ? Uint8Array.of(0x78, 0x01) : new Uint8Array();
  return Buffer.concat([
    control(Type.open, LAST, Buffer.concat([word(ids.error), Buffer.alloc(6), head, block('error')])),
    control(Type.open, 0, Buffer.concat([word(ids.data), Buffer.alloc(6), block('data')])),
  ]);
}

/** The ids of a connection's streams: a client's are odd and rise. */
export function streamsOf(index: number): { error: number; data: number } {
  return { error: 4 * index + 1, data: 4 * index + 3 };
}

/** Names in lower case, else the runtime takes the frame for broken. */
function headerBlock(headers: [string, string][]): Buffer {
  const texts = headers.flat().flatMap((text) => [word(Buffer.byteLength(text)), Buffer.from(text)]);
  return Buffer.concat([word(headers.length), ...texts]);
}

/**
 * A block of deflate (RFC 1951, 3.2.4) that holds the bytes as they are, and is not the last. The empty one behind it is the sync flush
 * of zlib, without which the reader keeps the first one back.
 */
function stored(bytes: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([head, bytes, Uint8Array.of(0, 0, 0, 0xff, 0xff)]);
}

function control(type: number, flags: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt16BE(0x8003, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(body.length, 5, 3);
  return Buffer.concat([head, body]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

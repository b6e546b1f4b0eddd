/** A frame of SPDY/3.1, as far as port-forwarding needs it. Header blocks are still packed. */
export type Frame =
  | { kind: 'data'; stream: number; last: boolean; payload: Buffer }
  | { kind: 'open'; stream: number; last: boolean; headers: Buffer }
  | { kind: 'reply'; stream: number; headers: Buffer }
  | { kind: 'reset'; stream: number }
  | { kind: 'ping'; id: number }
  | { kind: 'other' };

const VERSION = 3;
const types = { open: 1, reply: 2, reset: 3, ping: 6 };
const LAST = 1;
/** `CANCEL`: the stream is no longer wanted. */
const CANCEL = 5;

/** Cuts a stream of bytes into frames; `feed` gives those that are complete. */
export function createFrameReader(): { feed(chunk: Buffer): Frame[] } {
  let rest: Buffer = Buffer.alloc(0);
  return {
    feed(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const frames: Frame[] = [];
      for (let size = sizeOf(rest); rest.length >= 8 && rest.length >= size; size = sizeOf(rest)) {
        frames.push(frameOf(rest.subarray(0, size)));
        rest = rest.subarray(size);
      }
      return frames;
    },
  };
}

const sizeOf = (bytes: Buffer): number => (bytes.length < 8 ? 8 : 8 + bytes.readUIntBE(5, 3));

function frameOf(bytes: Buffer): Frame {
  const last = ((bytes[4] ?? 0) & LAST) !== 0;
  if (((bytes[0] ?? 0) & 0x80) === 0) return { kind: 'data', stream: bytes.readUInt32BE(0), last, payload: bytes.subarray(8) };
  if (bytes.length < 12) return { kind: 'other' };
  const stream = bytes.readUInt32BE(8) & 0x7fffffff;
  switch (bytes.readUInt16BE(2)) {
    case types.open:
      return { kind: 'open', stream, last, headers: bytes.subarray(18) };
    case types.reply:
      return { kind: 'reply', stream, headers: bytes.subarray(12) };
    case types.reset:
      return { kind: 'reset', stream };
    case types.ping:
      return { kind: 'ping', id: bytes.readUInt32BE(8) };
    default:
      return { kind: 'other' };
  }
}

/** The bytes of a frame; `other` has none. */
export function bytesOf(frame: Frame): Buffer {
  switch (frame.kind) {
    case 'data': {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(frame.stream);
      head.writeUInt8(frame.last ? LAST : 0, 4);
      head.writeUIntBE(frame.payload.length, 5, 3);
      return Buffer.concat([head, frame.payload]);
    }
    case 'open':
      return control(types.open, frame.last, frame.stream, Buffer.concat([Buffer.alloc(6), frame.headers]));
    case 'reply':
      return control(types.reply, false, frame.stream, frame.headers);
    case 'reset':
      return control(types.reset, false, frame.stream, Buffer.from([0, 0, 0, CANCEL]));
    case 'ping':
      return control(types.ping, false, frame.id, Buffer.alloc(0));
    case 'other':
      return Buffer.alloc(0);
  }
}

function control(type: number, last: boolean, first: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0x8000 | VERSION);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(last ? LAST : 0, 4);
  head.writeUIntBE(payload.length + 4, 5, 3);
  head.writeUInt32BE(first, 8);
  return Buffer.concat([head, payload]);
}

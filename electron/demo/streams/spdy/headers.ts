import type { Transform } from 'node:stream';
import { constants, createDeflate, createInflate, type Zlib } from 'node:zlib';
import { dictionary } from './dictionary.ts';

/** Packs and unpacks the headers of one connection. What was seen before shortens what comes later, so the order counts. */
export interface HeaderCodec {
  unpack(block: Uint8Array): Promise<Map<string, string>>;
  pack(headers: Map<string, string>): Promise<Buffer>;
  close(): void;
}

export function createHeaderCodec(): HeaderCodec {
  const inflate = createInflate({ dictionary });
  const deflate = createDeflate({ dictionary, flush: constants.Z_SYNC_FLUSH });
  return {
    unpack: async (block) => read(await through(inflate, block)),
    pack: (headers) => through(deflate, write(headers)),
    close() {
      inflate.close();
      deflate.close();
    },
  };
}

/** All that comes out of `transform` for these bytes. */
function through(transform: Transform & Zlib, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer): void => void chunks.push(chunk);
    transform.on('data', take);
    transform.once('error', reject);
    transform.write(bytes, (error) => {
      transform.off('data', take);
      transform.off('error', reject);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    });
  });
}

function read(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  let at = 4;
  const text = (): string => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.toString('utf8', at - length, at);
  };
  for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) headers.set(text().toLowerCase(), text());
  return headers;
}

function write(headers: Map<string, string>): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string): Buffer[] => [number(Buffer.byteLength(value)), Buffer.from(value)];
  return Buffer.concat([number(headers.size), ...[...headers].flatMap(([name, value]) => [...text(name), ...text(value)])]);
}

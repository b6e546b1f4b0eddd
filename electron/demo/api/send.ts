import type { ServerResponse } from 'node:http';
import type { Json } from '../json.ts';
import { listHead, type Page, withoutKind } from './reads.ts';

/** Bytes of a list that are written at a time, so that a long one neither fills the memory nor stops everybody else. */
const PIECE = 1 << 18;

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, code: number, body: Json, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(code, { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)), ...headers });
  response.end(text);
}

/** Answers with plain text. */
export function sendText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

/** Answers with a list, piece by piece; goes on when the client has read the piece before. */
export async function sendList(response: ServerResponse, { kind, metadata, objects }: Page): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const head = JSON.stringify({ ...listHead(kind), metadata });
  let piece = `${head.slice(0, -1)},"items":[`;
  for (const [index, object] of objects.entries()) {
    piece += (index === 0 ? '' : ',') + JSON.stringify(kind.custom ? object : withoutKind(object));
    if (piece.length < PIECE) continue;
    if (!response.write(piece)) await drained(response);
    if (response.destroyed) return;
    piece = '';
  }
  response.end(`${piece}]}`);
}

/** When the client has read what was written, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}

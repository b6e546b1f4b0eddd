import type { ServerResponse } from 'node:http';
import type { Json } from '../json.ts';
import { listHead, type Page, withoutKind } from './reads.ts';

/** Bytes of a list that are written at a time, so that a long one neither fills the memory nor stops everybody else. */
const PIECE = 1 << 18;

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, code: number, body: Json, headers: Record<string, string> = {}): void {
  // As bytes: Node would send the headers in the encoding of a text that ends the answer.
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(code, { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers });
  response.end(bytes);
}

/** Characters that all warnings of an answer have, and one of them when they are cut, as in the real server. */
const ALL_WARNINGS = 4096;
const CUT_WARNING = 256;

/** Warnings as a header. What does not fit is cut or left out; a header has bytes, so what is not ASCII goes as its UTF-8. */
export function warningHeaders(warnings: string[]): Record<string, string> {
  const total = warnings.reduce((sum, text) => sum + text.length, 0);
  const fitting = total <= ALL_WARNINGS ? warnings : warnings.map((text) => text.slice(0, CUT_WARNING));
  const shown = fitting.slice(0, total <= ALL_WARNINGS ? undefined : ALL_WARNINGS / CUT_WARNING);
  if (shown.length === 0) return {};
  const text = shown.map((each) => `299 - ${JSON.stringify(each)}`).join(', ');
  return { Warning: Buffer.from(text).toString('latin1') };
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

/** Splits a byte stream into lines of text. */
export interface LineReader {
  /** The lines that `chunk` completes, without their ends. */
  push(chunk: Uint8Array): string[];
  /** What waits for its end, as a line; null when nothing does. */
  rest(): string | null;
}

const LINE_FEED = 10;

/**
 * Reads UTF-8 with a memory of at most `limit` bytes: a line that is longer comes in pieces of that size. Bytes wait for their end
 * before they are decoded, so a character split between two chunks stays whole.
 */
export function createLineReader(limit: number): LineReader {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;

  const take = (): string => {
    const text = Buffer.concat(waiting, waitingBytes).toString('utf8');
    waiting = [];
    waitingBytes = 0;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  };
  const keep = (piece: Uint8Array, lines: string[]): void => {
    let rest = Buffer.from(piece);
    while (waitingBytes + rest.length > limit) {
      const room = limit - waitingBytes;
      waiting.push(rest.subarray(0, room));
      waitingBytes += room;
      lines.push(take());
      rest = rest.subarray(room);
    }
    waiting.push(rest);
    waitingBytes += rest.length;
  };

  return {
    push(chunk) {
      const lines: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
        keep(chunk.subarray(from, end), lines);
        lines.push(take());
        from = end + 1;
      }
      if (from < chunk.length) keep(chunk.subarray(from), lines);
      return lines;
    },
    rest: () => (waitingBytes === 0 ? null : take()),
  };
}

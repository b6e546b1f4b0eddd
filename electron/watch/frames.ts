/** Splits a byte stream into lines. */
export interface FrameReader {
  /** The lines completed by `chunk`, without line ends; empty ones are left out. Throws `RangeError` on a line over the limit. */
  push(chunk: Uint8Array): string[];
}

const LINE_FEED = 10;

/**
 * Reads lines of UTF-8 of at most `limit` bytes. Bytes wait for their line end before they are decoded, so a character
 * split between two chunks stays whole, and a line cut off by the end of the connection is never seen.
 */
export function createFrameReader(limit: number): FrameReader {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;

  function take(chunk: Uint8Array, from: number, to: number): string {
    if (waitingBytes + to - from > limit) throw new RangeError(`a line is longer than ${limit} bytes`);
    const last = Buffer.from(chunk.buffer, chunk.byteOffset + from, to - from);
    if (waitingBytes === 0) return last.toString('utf8').trim();
    const line = Buffer.concat([...waiting, last])
      .toString('utf8')
      .trim();
    waiting = [];
    waitingBytes = 0;
    return line;
  }

  return {
    push(chunk) {
      const lines: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
        const line = take(chunk, from, end);
        if (line !== '') lines.push(line);
        from = end + 1;
      }
      if (from < chunk.length) {
        // A copy: the sender may use its buffer again, and a short rest must not keep a long chunk alive.
        waiting.push(chunk.slice(from));
        waitingBytes += chunk.length - from;
        if (waitingBytes > limit) throw new RangeError(`a line is longer than ${limit} bytes`);
      }
      return lines;
    },
  };
}

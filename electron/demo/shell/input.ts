/** What a process reads as standard input: bytes that wait for a reader. One reader at a time. */
export interface Input {
  push(chunk: Uint8Array): void;
  /** Lets the next read find an end once, as Ctrl-D does on a terminal. */
  mark(): void;
  /** No more will come. */
  end(): void;
  /** What is there, or null at an end; waits when there is neither. */
  read(): Promise<Buffer | null>;
  /** A line with its newline (the last one may have none), or null at an end. */
  line(): Promise<Buffer | null>;
  /** Everything up to the end. Throws when it is more than `limit` bytes. */
  rest(limit: number): Promise<Buffer>;
  /** Lets a waiting reader find an end, without ending the input. */
  cancel(): void;
  /** Resolves as soon as less than 256 KiB wait. */
  drained(): Promise<void>;
}

const HIGH = 256 * 1024;

export function createInput(): Input {
  const chunks: (Buffer | null)[] = [];
  let waiting = 0;
  let ended = false;
  let wake: ((cancelled: boolean) => void) | null = null;
  let calm: (() => void)[] = [];

  const ring = (cancelled: boolean): void => {
    const waker = wake;
    wake = null;
    waker?.(cancelled);
  };
  const take = (): Buffer | null => {
    const chunk = chunks.shift() ?? null;
    waiting -= chunk?.length ?? 0;
    if (waiting < HIGH) for (const resolve of calm.splice(0)) resolve();
    return chunk;
  };
  const putBack = (chunk: Buffer): void => {
    if (chunk.length === 0) return;
    chunks.unshift(chunk);
    waiting += chunk.length;
  };
  const read = async (): Promise<Buffer | null> => {
    if (chunks.length === 0 && !ended) {
      const cancelled = await new Promise<boolean>((resolve) => {
        wake = resolve;
      });
      if (cancelled) return null;
    }
    return take();
  };
  return {
    push(chunk) {
      if (ended || chunk.length === 0) return;
      chunks.push(Buffer.from(chunk));
      waiting += chunk.length;
      ring(false);
    },
    mark() {
      chunks.push(null);
      ring(false);
    },
    end() {
      ended = true;
      ring(false);
      for (const resolve of calm.splice(0)) resolve();
    },
    read,
    async line() {
      const parts: Buffer[] = [];
      for (;;) {
        const chunk = await read();
        if (chunk === null) return parts.length === 0 ? null : Buffer.concat(parts);
        const end = chunk.indexOf(10) + 1;
        parts.push(end === 0 ? chunk : chunk.subarray(0, end));
        if (end === 0) continue;
        putBack(chunk.subarray(end));
        return Buffer.concat(parts);
      }
    },
    async rest(limit) {
      const parts: Buffer[] = [];
      let size = 0;
      for (let chunk = await read(); chunk !== null; chunk = await read()) {
        parts.push(chunk);
        size += chunk.length;
        if (size > limit) throw new Error('Cannot allocate memory');
      }
      return Buffer.concat(parts);
    },
    cancel: () => ring(true),
    drained() {
      if (waiting < HIGH || ended) return Promise.resolve();
      return new Promise((resolve) => {
        calm = [...calm, resolve];
      });
    },
  };
}

import { PIECE } from '../../shared/contract/terminals.ts';
import { WINDOW } from './exec.ts';
import { createScrollback } from './scrollback.ts';

/** Bytes that a window which comes back is shown. */
const REPLAY = 2 * 1024 * 1024;

/** A part of what a terminal wrote; `offset` is the place of its first byte, `end` the one after the newest byte there is. */
export interface Piece {
  offset: number;
  end: number;
  bytes: Buffer;
}

/** What a terminal wrote, for any number of readers who may come late. */
export interface TerminalOutput {
  push(bytes: Uint8Array): void;
  /** Where the next byte will stand. */
  end(): number;
  /**
   * Pieces from byte `from` on, or from the oldest that is kept; the first is empty and says where that is. Waits while {@link WINDOW}
   * bytes are unacknowledged. Ends when `signal` aborts.
   */
  read(reader: string, from: number, signal: AbortSignal | undefined): AsyncGenerator<Piece, void, void>;
  /** The reader has dealt with everything before `offset`. */
  acknowledge(reader: string, offset: number): void;
}

interface Reader {
  acknowledged: number;
  wake(): void;
}

/**
 * `onRead` is told of every advance of the slowest reader: everything before the given place needs nobody's attention any more. While
 * nobody reads, that is all there is: the program goes on, and the newest of its output is kept.
 */
export function createTerminalOutput(onRead: (place: number) => void): TerminalOutput {
  // What comes while the replay is on its way must not push the rest of it out.
  const scrollback = createScrollback(REPLAY + WINDOW + PIECE);
  const readers = new Map<string, Reader>();

  const advance = (): void => onRead(Math.min(scrollback.end(), ...[...readers.values()].map((reader) => reader.acknowledged)));

  return {
    end: scrollback.end,
    push(bytes) {
      scrollback.push(bytes);
      if (readers.size === 0) advance();
      for (const reader of readers.values()) reader.wake();
    },
    async *read(name, from, signal) {
      let place = Math.min(scrollback.end(), Math.max(from, scrollback.end() - REPLAY, scrollback.start()));
      const reader: Reader = { acknowledged: place, wake: () => undefined };
      readers.set(name, reader);
      const aborted = () => reader.wake();
      signal?.addEventListener('abort', aborted);
      try {
        yield { offset: place, end: scrollback.end(), bytes: Buffer.alloc(0) };
        while (!signal?.aborted) {
          const most = Math.min(PIECE, reader.acknowledged + WINDOW - place);
          if (place < scrollback.end() && most > 0) {
            place = Math.max(place, scrollback.start());
            const bytes = scrollback.slice(place, most);
            const offset = place;
            place += bytes.length;
            yield { offset, end: scrollback.end(), bytes };
          } else {
            await new Promise<void>((resolve) => {
              reader.wake = resolve;
            });
          }
        }
      } finally {
        signal?.removeEventListener('abort', aborted);
        if (readers.get(name) === reader) readers.delete(name);
        advance();
      }
    },
    acknowledge(name, offset) {
      const reader = readers.get(name);
      if (reader === undefined || offset <= reader.acknowledged) return;
      reader.acknowledged = Math.min(offset, scrollback.end());
      reader.wake();
      advance();
    },
  };
}

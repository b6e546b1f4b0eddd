import { PIECE } from '../../shared/contract/terminals.ts';
import type { Clock } from '../platform/world.ts';
import { WINDOW } from './exec.ts';
import { createScrollback } from './scrollback.ts';

/** Bytes that a window which comes back is shown. */
const REPLAY = 2 * 1024 * 1024;

/** Whoever interrupts a program that wrote so much without a pause does not want to see the rest of it. Bytes. */
const FLOOD = 256 * 1024;
/** What is shown of a flood in the end, bytes. */
const TAIL = 32 * 1024;
/** What a terminal writes where a program was interrupted: what was on its way before has come. */
const ECHOES = ['^C', '^\\'];
/** From the echo to the prompt; milliseconds. */
const SOON = 15;
/** So long nothing comes in a pause, and a program that goes on nevertheless is shown again after `LONGEST`; milliseconds. */
const QUIET = 300;
const LONGEST = 3_000;

/** A part of what a terminal wrote; `offset` is the place of its first byte, `end` the one after the newest byte there is. */
export interface Piece {
  offset: number;
  end: number;
  bytes: Buffer;
}

/** What a terminal wrote, for any number of readers who may come late. */
export interface TerminalOutput {
  push(bytes: Buffer): void;
  /** Where the next byte will stand. */
  end(): number;
  /**
   * Pieces from byte `from` on, or from the oldest that is kept; the first is empty and says where that is. Waits while {@link WINDOW}
   * bytes are unacknowledged. Ends when `signal` aborts.
   */
  read(reader: string, from: number, signal: AbortSignal | undefined): AsyncGenerator<Piece, void, void>;
  /**
   * The person interrupted the program. What it wrote is on its way for long: the buffers of three connections hold tens of megabytes.
   * As a kernel drops what a terminal has yet to show, readers go on near the end of it.
   */
  interrupted(): void;
  /** The reader has dealt with everything before `offset`. */
  acknowledge(reader: string, offset: number): void;
}

interface Reader {
  acknowledged: number;
  /** Where it goes on at the earliest. */
  from: number;
  wake(): void;
}

/**
 * `onRead` is told of every advance of the slowest reader: everything before the given place needs nobody's attention any more. While
 * nobody reads, that is all there is: the program goes on, and the newest of its output is kept.
 */
export function createTerminalOutput(clock: Clock, onRead: (place: number) => void): TerminalOutput {
  // What comes while the replay is on its way must not push the rest of it out.
  const scrollback = createScrollback(REPLAY + WINDOW + PIECE);
  const readers = new Map<string, Reader>();

  /** What came without a pause, and when the last of it did. */
  let burst = { bytes: 0, at: 0 };
  /** While a flood is let pass. */
  let flood: { until: number; callOff: () => void } | null = null;

  function advance(): void {
    const places = flood === null ? [...readers.values()].map((reader) => reader.acknowledged) : [];
    onRead(Math.min(scrollback.end(), ...places));
  }

  function letPass(until: number, wait: number): void {
    flood?.callOff();
    flood = { until, callOff: clock.after(Math.max(0, Math.min(wait, until - clock.now())), calm) };
    advance();
  }

  function calm(): void {
    flood = null;
    const tail = scrollback.slice(scrollback.end() - TAIL, TAIL);
    // At a line's beginning: a sequence for the terminal that is cut in two would be read as text.
    const place = scrollback.end() - tail.length + tail.indexOf('\n') + 1;
    for (const reader of readers.values()) {
      reader.from = place;
      reader.acknowledged = Math.max(reader.acknowledged, place);
      reader.wake();
    }
    advance();
  }

  return {
    end: scrollback.end,
    push(bytes) {
      scrollback.push(bytes);
      const at = clock.now();
      burst = { bytes: bytes.length + (at - burst.at > QUIET ? 0 : burst.bytes), at };
      if (flood !== null) letPass(flood.until, ECHOES.some((echo) => bytes.includes(echo)) ? SOON : QUIET);
      else if (readers.size === 0) advance();
      for (const reader of readers.values()) reader.wake();
    },
    interrupted() {
      const isBehind = ({ acknowledged }: Reader) => scrollback.end() - acknowledged > FLOOD;
      if (flood !== null || (burst.bytes <= FLOOD && ![...readers.values()].some(isBehind))) return;
      letPass(clock.now() + LONGEST, QUIET);
    },
    async *read(name, from, signal) {
      let place = Math.min(scrollback.end(), Math.max(from, scrollback.end() - REPLAY, scrollback.start()));
      const reader: Reader = { acknowledged: place, from: place, wake: () => undefined };
      readers.set(name, reader);
      const aborted = () => reader.wake();
      signal?.addEventListener('abort', aborted);
      try {
        yield { offset: place, end: scrollback.end(), bytes: Buffer.alloc(0) };
        while (!signal?.aborted) {
          place = Math.max(place, reader.from, scrollback.start());
          const most = Math.min(PIECE, reader.acknowledged + WINDOW - place);
          if (flood === null && place < scrollback.end() && most > 0) {
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

import { PIECE, type TerminalSize } from '../../../shared/contract/terminals.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** A terminal's end in the backend. */
export interface Wire {
  /** Follows the output from the oldest byte that is kept, under the name `reader`, until `signal` aborts. */
  output(reader: string, onPiece: (piece: OutputPiece) => void, signal: AbortSignal): void;
  acknowledge(reader: string, offset: number): Promise<unknown>;
  write(data: string): Promise<unknown>;
  resize(size: TerminalSize): Promise<unknown>;
}

export interface OutputPiece {
  offset: number;
  end: number;
  data: string;
}

/** What draws. `drawn` is called when the bytes are dealt with. */
export interface Screen {
  write(bytes: Uint8Array, drawn: () => void): void;
}

/** A terminal of the backend on a screen. */
export interface Session {
  /** What the person typed, or the screen answered to a question of the program. */
  type(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  close(): void;
}

/** What a screen answers when a program asks for its position, kind, modes or colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: answers begin with one.
const ANSWER = /^\u001b(?:\[[?>=]?[\d;]*(?:[cRnt]|\$y)|[P\]])/;

/**
 * Puts a terminal on a screen. What was written before is drawn first; questions in it were answered or given up long ago, so answers to
 * them are not sent. Input goes in order, one request at a time, and acknowledgements likewise.
 */
export function attach(wire: Wire, reader: string, screen: Screen): Session {
  const closing = new AbortController();
  let replayed: number | null = null;
  let drawn = 0;
  let input = new Uint8Array();

  const acknowledge = oneAtATime(async () => {
    const offset = drawn;
    await wire.acknowledge(reader, offset);
    return drawn > offset;
  });
  const send = oneAtATime(async () => {
    const piece = input.subarray(0, PIECE);
    input = input.subarray(piece.length);
    if (piece.length > 0) await wire.write(toBase64(piece));
    return input.length > 0;
  });

  wire.output(
    reader,
    ({ offset, end, data }) => {
      replayed ??= end;
      const bytes = fromBase64(data);
      if (bytes.length === 0) {
        drawn = offset;
        return;
      }
      screen.write(bytes, () => {
        drawn = offset + bytes.length;
        if (!closing.signal.aborted) acknowledge();
      });
    },
    closing.signal,
  );

  return {
    type(bytes) {
      const isReplaying = replayed === null || drawn < replayed;
      if (isReplaying && ANSWER.test(new TextDecoder().decode(bytes.subarray(0, 64)))) return;
      const joined = new Uint8Array(input.length + bytes.length);
      joined.set(input);
      joined.set(bytes, input.length);
      input = joined;
      send();
    },
    resize: (size) => void wire.resize(size).catch(() => undefined),
    close: () => closing.abort(),
  };
}

/** Runs `work` when asked, never twice at once; once more afterwards while it says that there is more. A failed one is given up. */
function oneAtATime(work: () => Promise<boolean>): () => void {
  let isRunning = false;
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      while (await work());
    } catch {
      // The backend is gone, and the terminal with it: its tab says so.
    } finally {
      isRunning = false;
    }
  };
  return () => void run();
}

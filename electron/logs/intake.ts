import { createLogBook, type LogBook, type LogLine } from '../../shared/logs/book.ts';
import type { Clock } from '../platform/world.ts';

/** Lines are entered in the book so often at most, milliseconds. */
const PERIOD = 100;
/** Lines entered in one turn of the event loop: some milliseconds of work. */
const TURN = 4_000;
/** Lines that may wait before their readers are asked to. */
const ROOM = 20_000;

/** A book, and the queue before it: what many containers write in a while is entered at once. */
export interface Intake {
  book: LogBook;
  /** Takes lines over. Resolves when there is room for more. */
  put(lines: LogLine[]): Promise<void>;
  /** Has `onEntered` called as if lines had come. */
  touch(): void;
  /** What waits is not entered any more. */
  close(): void;
}

/** `limit`: lines kept at most. `onEntered` is called after each turn in which something was entered. */
export function createIntake(limit: number, clock: Clock, onEntered: () => void): Intake {
  const book = createLogBook(limit);
  let waiting: LogLine[] = [];
  let blocked: (() => void)[] = [];
  let callOff: (() => void) | null = null;

  const schedule = (milliseconds: number): void => {
    callOff ??= clock.after(milliseconds, enter);
  };
  const enter = (): void => {
    callOff = null;
    book.add(waiting.slice(0, TURN));
    waiting = waiting.slice(TURN);
    if (waiting.length < ROOM) {
      for (const free of blocked) free();
      blocked = [];
    }
    if (waiting.length > 0) schedule(waiting.length > TURN ? 0 : PERIOD);
    onEntered();
  };

  return {
    book,
    async put(lines) {
      for (const line of lines) waiting.push(line);
      schedule(PERIOD);
      if (waiting.length >= ROOM) await new Promise<void>((resolve) => blocked.push(resolve));
    },
    touch: () => schedule(PERIOD),
    close() {
      callOff?.();
      callOff = () => undefined;
      waiting = [];
      for (const free of blocked) free();
      blocked = [];
    },
  };
}

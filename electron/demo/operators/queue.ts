import type { Time } from '../time.ts';

/** Keys that wait for a pass. The same key is never in two passes at once, and waits once however often it is added. */
export interface Queue {
  add(key: string): void;
  /** Adds it after so many seconds of the cluster, unless it is told another time before. */
  addAfter(key: string, seconds: number): void;
  /** Adds it after a pause that doubles with every failure in a row, as a controller's work queue does. */
  addLater(key: string): void;
  /** Ends a row of failures. */
  forget(key: string): void;
  close(): void;
}

/** First and longest pause after failures, in seconds. */
const FIRST_PAUSE = 0.005;
const LONGEST_PAUSE = 1000;

/** `pass` is called by up to `workers` at a time; it rejects only when the cluster ends. */
export function createQueue(time: Time, workers: number, pass: (key: string) => Promise<void>): Queue {
  const waiting = new Set<string>();
  const busy = new Set<string>();
  const failures = new Map<string, number>();
  const appointments = new Map<string, symbol>();
  let closed = false;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || closed) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      work();
    });
  };
  const work = (): void => {
    for (const key of waiting) {
      if (closed || busy.size >= workers) return;
      if (busy.has(key)) continue;
      waiting.delete(key);
      busy.add(key);
      void pass(key).finally(() => {
        busy.delete(key);
        if (waiting.size > 0) schedule();
      });
    }
  };
  const add = (key: string): void => {
    if (closed) return;
    waiting.add(key);
    schedule();
  };
  const addAfter = (key: string, seconds: number): void => {
    const appointment = Symbol(key);
    appointments.set(key, appointment);
    void time.pace(seconds).then(() => {
      if (appointments.get(key) !== appointment) return;
      appointments.delete(key);
      add(key);
    });
  };
  return {
    add,
    addAfter,
    addLater(key) {
      const count = failures.get(key) ?? 0;
      failures.set(key, count + 1);
      addAfter(key, Math.min(FIRST_PAUSE * 2 ** count, LONGEST_PAUSE));
    },
    forget: (key) => void failures.delete(key),
    close() {
      closed = true;
      waiting.clear();
    },
  };
}

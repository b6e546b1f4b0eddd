/** The clock of the process, as a parameter: tests hand in one of their own. Times are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `milliseconds`; the returned function calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Where the backend says what it does. Never given a token, a key or a body of a Secret. */
export interface Log {
  info(what: string, facts?: Record<string, string | number | boolean | null>): void;
  warn(what: string, facts?: Record<string, string | number | boolean | null>): void;
}

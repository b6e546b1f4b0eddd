/** How long a script may run before it lets others run, in milliseconds. */
const TURN = 10;
/** How long one may go without ever doing so. What a tick cannot reach (`eval` of a loop) ends here. */
const STARVED = 1500;

/** Keeps a script that never waits from starving the process it runs in. */
export interface Watchdog {
  /** To be awaited at every round of a loop. */
  rest(): Promise<void>;
  /** Called by the library at every step; ends the script when it has starved others. */
  hit(): void;
  /** A signal that follows `signal` and also ends what starves others; `release` when the script has ended. */
  guard(signal: AbortSignal): { signal: AbortSignal; release(): void };
}

export function createWatchdog(): Watchdog {
  let last = performance.now();
  let current: AbortController | null = null;
  return {
    async rest() {
      if (performance.now() - last < TURN) return;
      await new Promise((resolve) => setImmediate(resolve));
      last = performance.now();
    },
    hit() {
      if (performance.now() - last > STARVED) current?.abort();
    },
    guard(signal) {
      const controller = new AbortController();
      const follow = (): void => controller.abort();
      if (signal.aborted) follow();
      signal.addEventListener('abort', follow, { once: true });
      last = performance.now();
      current = controller;
      const beat = setInterval(() => {
        last = performance.now();
      }, TURN * 10);
      const release = (): void => {
        clearInterval(beat);
        signal.removeEventListener('abort', follow);
      };
      return { signal: controller.signal, release };
    },
  };
}

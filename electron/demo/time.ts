import { createWaits } from './waits.ts';

/** The clock of the demo cluster: how fast things go there, and what time it believes to be. */
export interface Time {
  /** Epoch milliseconds as this cluster sees them, skew included. */
  now(): number;
  /** `now` in whole seconds, as Kubernetes writes most times. */
  text(): string;
  /** `now` with microseconds, as events.k8s.io and leases have it. */
  microText(): string;
  /** Lets the cluster's clock be wrong by so many milliseconds from now on; 0 mends it. */
  skew(milliseconds: number): void;
  /**
   * Waits as long as a real cluster would need `seconds` for, in the time scale of this one, and longer where this process has too little
   * of the machine: what comes after what, and how long after, holds for all such waits. Never returns after the end.
   */
  pace(seconds: number): Promise<void>;
  /** How many seconds of a real cluster went by in so many real milliseconds. */
  elapsed(milliseconds: number): number;
  /** Waits real seconds, less when `signal` is aborted. Never returns after the end. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
  ended(): boolean;
  /** Stops every timer for good. */
  close(): void;
}

/** The longest wait a timer of Node can do, in milliseconds; more would be none at all. */
const LONGEST = 2 ** 31 - 1;

/** `scale`: real milliseconds that stand for one second of a real cluster. */
export function createTime(scale: number): Time {
  const paces = createWaits();
  const timers = new Set<NodeJS.Timeout>();
  let over = false;
  let skewed = 0;
  const wait = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (over) return;
      if (signal?.aborted) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        timers.delete(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(milliseconds, LONGEST));
      timers.add(timer);
      signal?.addEventListener('abort', finish, { once: true });
    });
  const now = () => Date.now() + skewed;
  return {
    now,
    text: () => timeText(now()),
    microText: () => new Date(now()).toISOString().replace('Z', '000Z'),
    skew(milliseconds) {
      skewed = milliseconds;
    },
    pace: (seconds) => paces.wait(seconds * scale),
    elapsed: (milliseconds) => milliseconds / scale,
    sleep: (seconds, signal) => wait(seconds * 1000, signal),
    ended: () => over,
    close() {
      over = true;
      paces.close();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Epoch milliseconds in whole seconds, as Kubernetes writes most times. */
export const timeText = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

import type { Kind } from './api/kinds.ts';
import type { Store } from './api/store.ts';
import type { EventRecorder } from './node/events.ts';
import type { Logs } from './node/logs.ts';

/** What the simulated scheduler, kubelet, operator and drivers share. */
export interface World {
  store: Store;
  kinds: Kind[];
  events: EventRecorder;
  logs: Logs;
  /** CPU of the one node, in millicores. */
  nodeMillicores: number;
  /** Waits as long as a real cluster would need `seconds` for, in the time scale of this one. Never returns after the end. */
  pace(seconds: number): Promise<void>;
  /** How many seconds of a real cluster went by in so many real milliseconds. */
  elapsed(milliseconds: number): number;
  /** Waits real seconds. */
  sleep(seconds: number): Promise<void>;
  ended(): boolean;
}

/** `now` in whole seconds, as Kubernetes writes most times. */
export const timeText = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** Timers that all stop with one call. `scale`: milliseconds that stand for one second of a real cluster. */
export function createPace(scale: number): Pick<World, 'pace' | 'elapsed' | 'sleep' | 'ended'> & { close(): void } {
  const timers = new Set<NodeJS.Timeout>();
  let over = false;
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      if (over) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, milliseconds);
      timers.add(timer);
    });
  return {
    pace: (seconds) => wait(seconds * scale),
    elapsed: (milliseconds) => milliseconds / scale,
    sleep: (seconds) => wait(seconds * 1000),
    ended: () => over,
    close() {
      over = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

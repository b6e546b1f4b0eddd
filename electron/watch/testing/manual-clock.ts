import type { Clock } from '../../platform/world.ts';

/** A clock that goes on when told to. */
export interface ManualClock extends Clock {
  /** Lets `milliseconds` pass, and everything that was to happen in them happen. */
  pass(milliseconds: number): Promise<void>;
  /** Lets promises that are settled already take effect. */
  idle(): Promise<void>;
}

/** A clock that starts at `start` (epoch milliseconds). */
export function createManualClock(start: number): ManualClock {
  let now = start;
  const timers = new Set<{ at: number; run: () => void }>();

  function earliest(until: number) {
    let first: { at: number; run: () => void } | null = null;
    for (const timer of timers) if (timer.at <= until && (first === null || timer.at < first.at)) first = timer;
    return first;
  }

  async function idle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) await new Promise(setImmediate);
  }

  return {
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    idle,
    async pass(milliseconds) {
      const until = now + milliseconds;
      await idle();
      for (let timer = earliest(until); timer !== null; timer = earliest(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.run();
        await idle();
      }
      now = until;
    },
  };
}

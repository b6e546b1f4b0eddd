import type { Time } from '../time.ts';

/** How long a program goes on: its waits never return once it is over, so nothing of it runs on behind its end. */
export interface ProcessLife {
  /** Waits so many seconds of a real cluster. */
  wait(seconds: number): Promise<void>;
  /** Waits so many real seconds. */
  sleep(seconds: number): Promise<void>;
  over(): boolean;
  end(): void;
}

const never = () => new Promise<void>(() => undefined);

/** A life that begins now. */
export function startLife(time: Time): ProcessLife {
  const ended = new AbortController();
  const afterwards = async (wait: Promise<void>): Promise<void> => {
    await wait;
    if (ended.signal.aborted) await never();
  };
  return {
    wait: (seconds) => afterwards(time.pace(seconds)),
    // Real seconds can be many: the timer must not outlive the program.
    sleep: (seconds) => afterwards(time.sleep(seconds, ended.signal)),
    over: () => ended.signal.aborted,
    end: () => ended.abort(),
  };
}

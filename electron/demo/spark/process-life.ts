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

export function startLife(time: Time): ProcessLife {
  let over = false;
  const afterwards = async (wait: Promise<void>): Promise<void> => {
    await wait;
    if (over) await never();
  };
  return {
    wait: (seconds) => afterwards(time.pace(seconds)),
    sleep: (seconds) => afterwards(time.sleep(seconds)),
    over: () => over,
    end() {
      over = true;
    },
  };
}

/** Waits that keep their order and their distance, however little of the machine this process gets. */
export interface Waits {
  /** Resolves after so many milliseconds, of this clock. */
  wait(milliseconds: number): Promise<void>;
  /** No wait returns any more. */
  close(): void;
}

interface Wait {
  /** On this clock. */
  due: number;
  resolve: () => void;
}

/** The longest wait a timer of Node can do, in milliseconds; more would be none at all. */
const LONGEST = 2 ** 31 - 1;
/** A timer of Node may be late by so many milliseconds without anything being wrong. */
const PUNCTUAL = 3;

/**
 * A clock of its own, which stands still while the process is too busy to look at it. Were it the machine's, all waits that end during
 * such a pause would return at once, and what follows from the first would come after the last.
 */
export function createWaits(): Waits {
  const waits: Wait[] = [];
  let lost = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let excused: Wait | null = null;
  const now = (): number => performance.now() - lost;

  const arm = (): void => {
    clearTimeout(timer);
    const [next] = waits;
    if (next === undefined) return;
    const left = next.due - now();
    if (left > 0) timer = setTimeout(wake, Math.min(left, LONGEST));
    else setImmediate(ring);
  };
  /** After a pause the process first does what it had before it; once for each wait, lest a starved process never comes to its end. */
  const wake = (): void => {
    const [first] = waits;
    const late = first === undefined ? 0 : now() - first.due;
    if (first !== undefined && late > PUNCTUAL && excused !== first) {
      excused = first;
      lost += late + PUNCTUAL;
    }
    setImmediate(ring);
  };
  /** One wait each turn: what follows from it comes before the next. */
  const ring = (): void => {
    const [first] = waits;
    if (first !== undefined && first.due <= now()) {
      lost += Math.max(now() - first.due - PUNCTUAL, 0);
      waits.shift();
      first.resolve();
    }
    arm();
  };
  return {
    wait: (milliseconds) =>
      new Promise<void>((resolve) => {
        if (closed) return;
        const wait = { due: now() + milliseconds, resolve };
        const index = placeOf(waits, wait.due);
        waits.splice(index, 0, wait);
        if (index === 0) arm();
      }),
    close() {
      closed = true;
      clearTimeout(timer);
      waits.length = 0;
    },
  };
}

/** Where a wait that is due then belongs: behind those that are due no later. */
function placeOf(waits: readonly Wait[], due: number): number {
  let low = 0;
  let high = waits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((waits[middle]?.due ?? 0) <= due) low = middle + 1;
    else high = middle;
  }
  return low;
}

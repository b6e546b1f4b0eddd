import { parseTime } from '../time.ts';

/** A line of `pods/log` with `timestamps=true`. */
export interface StampedLine {
  /** The kubelet's time stamp as it came: RFC 3339 with nanoseconds. The same line has the same stamp in every answer. */
  stamp: string;
  /** The stamp in epoch milliseconds, with as much of the fraction as a number holds. */
  at: number;
  text: string;
}

const STAMPED = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2}) ?/;

/** Takes a line of the log API apart; null when it carries no time stamp (the kubelet's own words on an error, say). */
export function readStamped(line: string): StampedLine | null {
  const [whole, seconds, fraction = '', zone] = STAMPED.exec(line) ?? [];
  if (whole === undefined || seconds === undefined || zone === undefined) return null;
  const second = parseTime(seconds + zone);
  if (second === null) return null;
  return { stamp: whole.trimEnd(), at: second + Number(`0${fraction}`) * 1000, text: line.slice(whole.length) };
}

/**
 * Where a log was left, so that it can be taken up again with nothing lost and nothing doubled. The API takes `sinceTime` in whole
 * seconds only, so a resumed log begins with lines that were read before.
 */
export interface Position {
  /** Value for `sinceTime`; null when nothing was read yet. */
  since(): string | null;
  /** The connection begins anew: what comes next may have been read. */
  resume(): void;
  /** Whether a line is new. To be asked for each line in order, once. */
  take(line: StampedLine): boolean;
}

export function newPosition(): Position {
  let second = Number.NEGATIVE_INFINITY;
  let secondText: string | null = null;
  /** Stamps of the last second that was read, with how many lines carried each: two may be the same. */
  let read = new Map<string, number>();
  let expected = new Map<string, number>();
  return {
    since: () => secondText,
    resume() {
      expected = new Map(read);
    },
    take({ stamp, at }) {
      const here = Math.floor(at / 1000);
      const again = expected.get(stamp) ?? 0;
      if (again > 0) {
        expected.set(stamp, again - 1);
        return false;
      }
      // The kubelet's clock was set back: the old second stays the one to resume from, or nothing before it would come again.
      if (here < second) return true;
      if (here > second) {
        second = here;
        secondText = stamp.replace(/\.\d+/, '');
        read = new Map();
      }
      read.set(stamp, (read.get(stamp) ?? 0) + 1);
      return true;
    },
  };
}

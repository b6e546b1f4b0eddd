import type { Time } from '../time.ts';
import { breakOff, type Exchange, throttle } from './exchange.ts';
import type { Break, Fault, Match } from './fault.ts';
import { refusal } from './refusal.ts';

export type { Exchange } from './exchange.ts';
export type { Break, Fault, Match } from './fault.ts';

/** What goes wrong on command. */
export interface Faults {
  /** From the next request on. Throws SyntaxError when the path is no regular expression. */
  add(fault: Fault): void;
  clear(): void;
  /** Strikes the exchanges that are open and match, such as running watches. Returns how many. */
  now(match: Match, how: Break): number;
}

/** The side of the faults that the server asks. */
export interface FaultGate extends Faults {
  /** True when the exchange is no longer to be answered. Throws the answer of a `status` fault. */
  pass(exchange: Exchange): Promise<boolean>;
  /** Notes an exchange as open until the returned function is called. */
  track(exchange: Exchange): () => void;
}

interface Active {
  fault: Fault;
  matches(exchange: Exchange): boolean;
  seen: number;
}

export function createFaults(time: Time): FaultGate {
  let active: Active[] = [];
  const open = new Set<Exchange>();
  return {
    add(fault) {
      active.push({ fault, matches: matcher(fault.match), seen: 0 });
    },
    clear() {
      active = [];
    },
    now(match, how) {
      const matches = matcher(match);
      const struck = [...open].filter(matches);
      for (const exchange of struck) breakOff(exchange, how);
      return struck.length;
    },
    track(exchange) {
      open.add(exchange);
      return () => open.delete(exchange);
    },
    async pass(exchange) {
      const due = active.filter((entry) => entry.matches(exchange) && isDue(entry));
      for (const { fault } of due) if (await harm(fault, exchange, time)) return true;
      return false;
    },
  };
}

function matcher({ method, path }: Match): (exchange: Exchange) => boolean {
  const pattern = path === undefined ? null : new RegExp(path);
  return (exchange) => (method === undefined || method === exchange.method) && (pattern === null || pattern.test(exchange.url));
}

/** Counts a request and tells whether it is one of those to be hit. */
function isDue(entry: Active): boolean {
  const { nth, times = nth === undefined ? 'always' : 1 } = entry.fault;
  const first = nth ?? 1;
  entry.seen += 1;
  return entry.seen >= first && (times === 'always' || entry.seen < first + times);
}

/** Returns whether the exchange is over. */
async function harm(fault: Fault, exchange: Exchange, time: Time): Promise<boolean> {
  if (fault.kind === 'status' || fault.kind === 'slow') {
    if (fault.delayMs !== undefined) await time.sleep(fault.delayMs / 1000);
    if (fault.kind === 'status') throw refusal(fault);
    if ('slowBytes' in fault) throttle(exchange, fault.slowBytes, time);
    return false;
  }
  const { kind, delayMs } = fault;
  if (delayMs === undefined) {
    breakOff(exchange, kind);
    return true;
  }
  void time.sleep(delayMs / 1000).then(() => breakOff(exchange, kind));
  return false;
}

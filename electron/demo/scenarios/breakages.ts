import { nodes } from '../api/kinds.ts';
import type { FaultGate } from '../faults/faults.ts';
import { nameOf } from '../json.ts';
import { recoverNode } from '../node/node-life.ts';
import type { World } from '../world.ts';

/** Something that breaks between a client and this cluster. One at a time: each begins by ending the one before. */
export interface Breakage {
  id: string;
  title: string;
  /** One sentence: what happens, and for how long. */
  what: string;
  /** Real seconds until it mends by itself; absent: it is over at once, or stays until all faults are ended. */
  seconds?: number;
  begin(faults: FaultGate, world: World): void;
  /** What else its end takes. */
  finish?(faults: FaultGate, world: World): void;
}

/** All but the steering, which must get through to end what it began. */
const EVERYTHING = { path: '^/(?!control/)' };
const STREAMS = { path: '[?&](watch|follow)=(true|1)' };
/** Lists, and single objects: whatever is read and ends. */
const READS = { method: 'GET', path: '^/apis?/(?!.*[?&]watch=)' };
const HOUR = 3_600_000;

export const breakages: Breakage[] = [
  {
    id: 'reset',
    title: 'Cut the connection',
    what: 'Every open connection is reset, and so is each new one for 8 seconds: live turns to stale, and back.',
    seconds: 8,
    begin(faults) {
      faults.add({ match: EVERYTHING, kind: 'reset' });
      faults.now(EVERYTHING, 'reset');
    },
  },
  {
    id: 'black-hole',
    title: 'Swallow every answer',
    what: 'For two minutes nothing comes back and nothing closes, as when a VPN goes down: noticed within 90 seconds.',
    seconds: 120,
    begin(faults) {
      faults.add({ match: EVERYTHING, kind: 'blackhole' });
      faults.now(EVERYTHING, 'blackhole');
    },
    finish: (faults) => faults.now(EVERYTHING, 'reset'),
  },
  {
    id: 'unauthorised-once',
    title: 'Refuse the credentials once',
    what: 'The watches end, and the next request is answered with 401: signed out, and in again by itself within ten seconds.',
    begin(faults) {
      faults.add({ match: EVERYTHING, nth: 1, kind: 'status', status: 401 });
      faults.now(STREAMS, 'end');
    },
  },
  {
    id: 'too-many-requests',
    title: 'Refuse every request for a while',
    what: 'For 15 seconds each request is answered with 429 and Retry-After: 2; live again within half a minute.',
    seconds: 15,
    begin(faults) {
      faults.add({ match: EVERYTHING, kind: 'status', status: 429, retryAfter: 2 });
      faults.now(STREAMS, 'end');
    },
  },
  {
    id: 'lists-unavailable',
    title: 'Refuse lists',
    what: 'For 15 seconds every list is answered with 503, after a compaction that makes lists necessary; live within a minute.',
    seconds: 15,
    begin(faults, world) {
      world.store.compact();
      faults.add({ match: READS, kind: 'status', status: 503 });
      faults.now(STREAMS, 'end');
    },
  },
  {
    id: 'slow-bytes',
    title: 'Let answers trickle',
    what: 'For 30 seconds answers trickle with 2 kB a second.',
    seconds: 30,
    begin(faults, world) {
      world.store.compact();
      faults.add({ match: EVERYTHING, kind: 'slow', slowBytes: 2000 });
      faults.now(STREAMS, 'end');
    },
  },
  {
    id: 'clock-skew',
    title: 'Put the clock an hour ahead',
    what: 'The cluster believes it is an hour later, until all faults are ended: ages must not turn negative.',
    begin: (_faults, world) => world.time.skew(HOUR),
    finish: (_faults, world) => world.time.skew(0),
  },
  {
    id: 'none',
    title: 'End all faults',
    what: 'The way to the cluster is whole again, its clock is right, its webhooks answer, its nodes are back.',
    begin(_faults, world) {
      world.conditions.webhook = true;
      for (const node of world.store.list(nodes, null)) recoverNode(world, nameOf(node));
    },
  },
];

/** Begins one of them; `told` says what is broken now. Null when there is none of that id. */
export function createBreakages(faults: FaultGate, world: World): (id: string) => { told: string } | null {
  let last = 0;
  let finish: Breakage['finish'];
  return (id) => {
    const found = breakages.find((breakage) => breakage.id === id);
    if (found === undefined) return null;
    last += 1;
    const mine = last;
    const mend = () => {
      faults.clear();
      finish?.(faults, world);
      finish = undefined;
    };
    mend();
    found.begin(faults, world);
    finish = found.finish;
    if (found.seconds !== undefined) {
      void world.time.sleep(found.seconds).then(() => {
        if (mine === last) mend();
      });
    }
    return { told: found.what };
  };
}

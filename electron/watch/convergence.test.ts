import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { createWatchCaches } from './caches.ts';
import { pods, silentLog } from './testing/harness.ts';
import { createManualClock } from './testing/manual-clock.ts';
import { createMemoryCluster } from './testing/memory-cluster.ts';
import { createObjects } from './testing/objects.ts';
import { createView, type View } from './testing/view.ts';

/** What may happen to a server, to the way to it, and to those who watch. `pick` chooses among what there is. */
type Happening =
  | { what: 'add' | 'modify' | 'remove'; pick: number }
  | { what: 'bookmark' | 'compact' | 'expire-tokens' | 'reset' | 'end' | 'mute' | 'subscribe' | 'retry' | 'restart' }
  | { what: 'leave'; pick: number }
  | { what: 'refuse'; failures: Failure[] }
  | { what: 'pass'; milliseconds: number }
  | { what: 'breathe' };

const server = 'https://memory:6443';
const failure = fc.constantFrom<Failure>(
  { code: 'unreachable', server, reason: 'ECONNREFUSED' },
  { code: 'no-answer', server, seconds: 10 },
  { code: 'server-error', status: 410, message: 'gone' },
  { code: 'server-error', status: 503, message: 'busy' },
  { code: 'unauthorised', server, message: 'who' },
  { code: 'too-many-requests', retryAfterSeconds: 2 },
  { code: 'invalid', message: 'resourceVersion', causes: [] },
);
const pick = fc.nat({ max: 1000 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: fc.constantFrom('add' as const, 'modify' as const, 'remove' as const), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom('bookmark', 'compact', 'expire-tokens', 'reset', 'end', 'mute', 'subscribe', 'retry', 'restart'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('leave' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('refuse' as const), failures: fc.array(failure, { maxLength: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('pass' as const), milliseconds: fc.constantFrom(1, 300, 2_000, 40_000, 100_000) }),
  },
  { weight: 5, arbitrary: fc.constant({ what: 'breathe' as const }) },
);

test('whatever happens, every view ends up equal to the server', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(happening, { maxLength: 40 }),
      fc.constantFrom(0, 0.5, 0.999),
      async (initially, pageLimit, happenings, random) => {
        const objects = createObjects();
        for (let index = 0; index < initially; index += 1) objects.add(`pod-${index}`);
        const memory = createMemoryCluster(objects);
        const clock = createManualClock(1_000_000);
        const caches = createWatchCaches({
          clusters: { get: () => memory.cluster },
          clock,
          random: () => random,
          log: silentLog,
          tuning: { pageLimit },
        });
        const views: { view: View; leave: () => void; left: boolean }[] = [];
        const subscribe = () => {
          const view = createView();
          views.push({ view, leave: caches.subscribe('test', pods, view), left: false });
        };
        subscribe();

        for (const event of happenings) {
          const uids = objects.uids();
          switch (event.what) {
            case 'add':
              objects.add(`pod-${event.pick}`);
              break;
            case 'modify':
              objects.modify(uids[event.pick % uids.length] ?? '', { status: { phase: String(event.pick) } });
              break;
            case 'remove':
              objects.remove(uids[event.pick % uids.length] ?? '');
              break;
            case 'bookmark':
              objects.bookmark();
              break;
            case 'compact':
              objects.compact();
              break;
            case 'expire-tokens':
              objects.expireTokens();
              break;
            case 'reset':
              memory.reset();
              break;
            case 'end':
              memory.end();
              break;
            case 'mute':
              memory.mute();
              break;
            case 'subscribe':
              subscribe();
              break;
            case 'retry':
              caches.retryNow('test');
              break;
            case 'restart':
              caches.restart('test');
              break;
            case 'refuse':
              memory.refuseNext(event.failures);
              break;
            case 'leave': {
              const leaver = views[event.pick % views.length];
              // One stays: what nobody watches need not be right.
              if (leaver && views.filter(({ left }) => !left).length > 1) {
                leaver.leave();
                leaver.left = true;
              }
              break;
            }
            case 'pass':
              await clock.pass(event.milliseconds);
              break;
            case 'breathe':
              await clock.idle();
          }
        }

        // Longer than any wait, the silence and the slowest repair together.
        memory.refuseNext([]);
        await clock.pass(200_000);
        for (const { view, left } of views) {
          expect(view.faults).toEqual([]);
          if (left) continue;
          expect(view.versions()).toEqual(objects.versions());
          expect(view.freshness).toBe('live');
        }
        caches.close();
        await clock.idle();
        expect(memory.open).toBe(0);
      },
    ),
    { numRuns: 600 },
  );
}, 60_000);

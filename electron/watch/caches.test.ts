import { expect, test } from 'vitest';
import { FailureError } from '../../shared/failure.ts';
import { createWatchCaches } from './caches.ts';
import { pods, silentLog } from './testing/harness.ts';
import { createManualClock } from './testing/manual-clock.ts';
import { createMemoryCluster } from './testing/memory-cluster.ts';
import { createObjects } from './testing/objects.ts';
import { createView } from './testing/view.ts';

test('the projection is told the resource, and what it leaves out is not kept', async () => {
  const objects = createObjects();
  objects.add('one', { spec: 'large', status: 'small' });
  const clock = createManualClock(0);
  const caches = createWatchCaches({
    clusters: { get: () => createMemoryCluster(objects).cluster },
    clock,
    random: () => 0,
    log: silentLog,
    project: ({ plural }, { metadata, status }) => ({ metadata, status, from: plural }),
  });
  const view = createView();
  caches.subscribe('test', pods, view);
  await clock.idle();
  expect([...view.objects.values()]).toMatchObject([{ status: 'small', from: 'pods' }]);
  expect([...view.objects.values()].some((object) => 'spec' in object)).toBe(false);
  caches.close();
});

test('a context nobody knows is refused, and taken up when the kubeconfig has it', async () => {
  const memory = createMemoryCluster(createObjects());
  const clock = createManualClock(0);
  const troubles: string[] = [];
  let known = false;
  const caches = createWatchCaches({
    clusters: {
      get: (context) => {
        if (known) return memory.cluster;
        throw new FailureError({ code: 'context-unknown', context });
      },
    },
    clock,
    random: () => 0,
    log: silentLog,
    onTrouble: (context, failure) => troubles.push(`${context} ${failure.code}`),
  });
  const view = createView();
  caches.subscribe('new', pods, view);
  await clock.pass(100_000);
  expect(view.told.at(-1)).toEqual({ state: 'refused', failure: { code: 'context-unknown', context: 'new' } });
  expect(troubles).toEqual(['new context-unknown']);
  known = true;
  await clock.pass(30_000);
  expect(view.freshness).toBe('live');
  caches.close();
});

test('a loss is told within two seconds, with the time of the last good byte', async () => {
  const objects = createObjects();
  const memory = createMemoryCluster(objects);
  const clock = createManualClock(1_000_000);
  const caches = createWatchCaches({ clusters: { get: () => memory.cluster }, clock, random: () => 0, log: silentLog });
  const view = createView();
  caches.subscribe('test', pods, view);
  await clock.pass(10_000);
  objects.bookmark();
  await clock.pass(20_000);
  memory.refuseNext(
    Array.from({ length: 99 }, () => ({ code: 'no-answer', server: 'https://memory:6443', seconds: 10 }) as const),
  );
  memory.end();
  await clock.pass(2_000);
  expect(view.told.at(-1)).toMatchObject({ state: 'stale', since: 1_010_000, failure: { code: 'no-answer' } });
  caches.close();
});

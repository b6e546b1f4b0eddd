import { expect, it } from 'vitest';
import type { Forward } from '../../shared/contract/forwards.ts';
import { FailureError } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import { systemClock } from '../platform/world.ts';
import { anApplication, aPod, scriptedCaches } from '../spark/applications/testing.ts';
import { forwardSparkUi } from './spark-ui.ts';

const objects = 'sparkoperator.k8s.io/sparkapplicationsmetadata.name=pi';
const pods = '/pods';
const reference = { context: 'test', operator: 'kubeflow', namespace: 'default', name: 'pi' } as const;
const some = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const listening = () => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap').length;

/** A cluster on whose pods nobody listens yet. */
const deaf: Cluster = {
  context: 'test',
  namespace: null,
  server: 'https://test',
  request: () => Promise.reject(new Error('not asked in these tests')),
  stream: () => Promise.reject(new Error('not asked in these tests')),
  websocket: () => Promise.reject(new FailureError({ code: 'unreachable', server: 'pi-driver:4040', reason: 'refused' })),
};

function start() {
  const script = scriptedCaches();
  const told: Forward[] = [];
  const world = { clusters: { get: () => deaf }, caches: script.caches, clock: systemClock };
  const end = forwardSparkUi(world, reference, (forward) => told.push(forward));
  script.list(objects, [anApplication('pi', 'RUNNING')]);
  return { ...script, told, end };
}

it('listens once, however quickly one driver follows another, and no longer than somebody follows', async () => {
  const before = listening();
  const { change, list, told, end } = start();
  list(pods, [aPod('pi-driver', 'driver', 'pi')]);
  change(pods, 'deleted', aPod('pi-driver', 'driver', 'pi'));
  change(pods, 'added', aPod('pi-driver-2', 'driver', 'pi'));
  await expect.poll(() => told.at(-1)).toMatchObject({ state: 'starting', for: 'port' });
  await some(50);
  expect(listening()).toBe(before + 1);
  end();
  await expect.poll(listening).toBe(before);
});

it('listens no more when its follower went before it was open', async () => {
  const before = listening();
  const { list, told, end } = start();
  list(pods, [aPod('pi-driver', 'driver', 'pi')]);
  end();
  const said = told.length;
  await some(50);
  expect(listening()).toBe(before);
  expect(told.length).toBe(said);
});

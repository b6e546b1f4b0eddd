import { expect, it } from 'vitest';
import { instancesOf } from './instances.ts';

const started = { running: { startedAt: '2026-11-21T10:00:00Z' } };
const ended = { terminated: { exitCode: 1, reason: 'Error' } };
const podWith = (status: Record<string, unknown> | null, spec = 'main') => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', uid: 'u', labels: { 'spark-role': 'driver' } },
  spec: { containers: [{ name: spec }] },
  status: { phase: 'Pending', ...(status === null ? {} : { containerStatuses: [{ name: 'main', ...status }] }) },
});

it.each([
  ['not placed yet', null, [[0, 'pending']]],
  ['being made', { restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } }, [[0, 'pending']]],
  ['running', { restartCount: 0, state: started }, [[0, 'running']]],
  ['over', { restartCount: 0, state: ended }, [[0, 'ended']]],
  [
    'waiting for its next start',
    { restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended },
    [[1, 'ended']],
  ],
  [
    'started again',
    { restartCount: 2, state: started, lastState: ended },
    [
      [1, 'replaced'],
      [2, 'running'],
    ],
  ],
  ['with a state of no kind', { restartCount: 'x', state: 7 }, [[0, 'pending']]],
])('a container %s', (_, status, expected) => {
  expect(instancesOf(podWith(status)).map(({ restart, standing }) => [restart, standing])).toEqual(expected);
});

it('says why a container does not start, and counts init containers', () => {
  const waiting = podWith({ state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } } });
  const [found] = instancesOf({
    ...waiting,
    status: { ...waiting.status, initContainerStatuses: [{ name: 'init', state: ended }] },
  });
  expect(found).toMatchObject({ container: 'init', standing: 'ended' });
  expect(instancesOf(waiting)[0]?.why).toContain('no such image');
});

it.each([null, 7, {}, { status: { containerStatuses: [null, {}, { name: 3 }] } }])('finds none in %j', (pod) => {
  expect(instancesOf(pod)).toEqual([]);
});

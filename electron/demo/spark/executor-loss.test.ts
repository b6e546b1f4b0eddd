import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { lossOf } from './executor-loss.ts';

const pod = (phase: string, terminated: JsonObject | null, more: JsonObject = {}): JsonObject => ({
  metadata: { name: 'x-exec-3', labels: { 'spark-exec-id': '3' }, ...more },
  status: {
    phase,
    containerStatuses: [
      { name: 'spark-kubernetes-executor', image: 'spark:3.5.7', state: terminated === null ? { running: {} } : { terminated } },
    ],
  },
});
const killed = {
  exitCode: 137,
  reason: 'OOMKilled',
  startedAt: '2026-11-21T15:08:57Z',
  finishedAt: '2026-11-21T15:09:07Z',
};

test('an executor that runs, or whose phase has not followed yet, is not lost', () => {
  expect(lossOf(pod('Running', null), false)).toBeNull();
  expect(lossOf(pod('Running', killed), false)).toBeNull();
});

test('one that the kernel killed counts, and its reason is that of the API', () => {
  expect(lossOf(pod('Failed', killed), false)).toEqual({
    counts: true,
    reason:
      '\nThe executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).\n\n\n\n' +
      'The API gave the following container statuses:\n\n\n' +
      '\t container name: spark-kubernetes-executor\n\t container image: spark:3.5.7\n\t container state: terminated\n' +
      '\t container started at: 2026-11-21T15:08:57Z\n\t container finished at: 2026-11-21T15:09:07Z\n' +
      '\t exit code: 137\n\t termination reason: OOMKilled\n      ',
  });
});

test.each([
  ['whose pod is gone', pod('Running', null), true],
  ['that was deleted and has ended', pod('Failed', { exitCode: 143 }, { deletionTimestamp: '2026-11-21T15:09:07Z' }), false],
])('one %s was deleted, which does not count', (_, object, gone) => {
  expect(lossOf(object, gone)).toEqual({
    counts: false,
    reason: 'The executor with id 3 was deleted by a user or the framework.',
  });
});

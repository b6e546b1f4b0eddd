import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { summarise } from './pod-columns.ts';

const now = Date.parse('2026-01-31T12:00:00Z');
const container = (state: JsonObject, more: JsonObject = {}): JsonObject => ({ state, ready: false, restartCount: 0, ...more });
const running = container({ running: {} }, { ready: true });
const pod = (phase: string, containerStatuses: JsonObject[], more: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  metadata,
  spec: { containers: [{ name: 'a' }], initContainers: [{ name: 'i' }, { name: 'j' }] },
  status: { phase, containerStatuses, ...more },
});
const init = (state: JsonObject): JsonObject => ({ initContainerStatuses: [container(state)] });
const died = { lastState: { terminated: { finishedAt: '2026-01-31T11:58:59Z' } }, restartCount: 2 };

test.each<[string, JsonObject, [string, string, string]]>([
  ['runs', pod('Running', [running]), ['1/1', 'Running', '0']],
  ['waits for a node', pod('Pending', []), ['0/1', 'Pending', '0']],
  ['is made', pod('Pending', [container({ waiting: { reason: 'ContainerCreating' } })]), ['0/1', 'ContainerCreating', '0']],
  ['is done', pod('Succeeded', [container({ terminated: { exitCode: 0, reason: 'Completed' } })]), ['0/1', 'Completed', '0']],
  ['failed without a reason', pod('Failed', [container({ terminated: { exitCode: 3 } })]), ['0/1', 'ExitCode:3', '0']],
  ['was killed', pod('Failed', [container({ terminated: { signal: 9, exitCode: 137 } })]), ['0/1', 'Signal:9', '0']],
  ['was evicted', pod('Failed', [], { reason: 'Evicted' }), ['0/1', 'Evicted', '0']],
  ['goes', pod('Running', [running], {}, { deletionTimestamp: 'x' }), ['1/1', 'Terminating', '0']],
  ['is done and goes', pod('Failed', [], {}, { deletionTimestamp: 'x' }), ['0/1', 'Failed', '0']],
  ['is lost', pod('Running', [running], { reason: 'NodeLost' }, { deletionTimestamp: 'x' }), ['1/1', 'Unknown', '0']],
  ['came again', pod('Running', [{ ...running, ...died }]), ['1/1', 'Running', '2 (61s ago)']],
  ['begins', pod('Pending', [], init({ running: {} })), ['0/1', 'Init:0/2', '0']],
  ['fails to begin', pod('Pending', [], init({ terminated: { exitCode: 1, reason: 'Error' } })), ['0/1', 'Init:Error', '0']],
  [
    'half done',
    pod('Running', [container({ terminated: { exitCode: 0, reason: 'Completed' } }), running]),
    ['1/1', 'NotReady', '0'],
  ],
])('a pod that %s', (_name, object, [ready, status, restarts]) => {
  expect(summarise(object, now)).toEqual({ ready, status, restarts });
});

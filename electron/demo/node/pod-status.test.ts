import { expect, test } from 'vitest';
import { at, type JsonObject, listOf, objectOf } from '../json.ts';
import { type ContainerRecord, type ContainerState, type PodRecord, phaseOf, withStatus } from './pod-status.ts';

const ended = (exitCode: number): ContainerState => ({
  state: 'terminated',
  exitCode,
  reason: exitCode === 0 ? 'Completed' : 'Error',
  startedAt: null,
  finishedAt: null,
});
const running: ContainerState = { state: 'running', startedAt: '', containerID: 'one' };
const waiting: ContainerState = { state: 'waiting', reason: 'ContainerCreating' };
const one = (current: ContainerState, more: Partial<ContainerRecord> = {}): ContainerRecord => ({
  name: 'main',
  image: '',
  init: false,
  sidecar: false,
  current,
  last: null,
  restarts: 0,
  ...more,
});
const init = (current: ContainerState) => one(current, { init: true });
const failed = { exitCode: 1, reason: 'Error', startedAt: null, finishedAt: null };
const restarting = one({ state: 'waiting', reason: 'CrashLoopBackOff' }, { last: failed });

const record = (containers: ContainerRecord[], more: Partial<PodRecord> = {}): PodRecord => ({
  containers,
  startTime: '',
  hostIP: '',
  podIP: '',
  over: false,
  ending: false,
  verdict: null,
  ...more,
});
const late = { verdict: { reason: 'DeadlineExceeded', message: '' } };

test.each<[what: string, policy: string, PodRecord, phase: string]>([
  ['being created', 'Never', record([one(waiting)]), 'Pending'],
  ['running', 'Never', record([one(running)]), 'Running'],
  ['one of two waits still', 'Never', record([one(running), one(waiting)]), 'Pending'],
  ['one of two ended', 'Never', record([one(running), one(ended(0))]), 'Running'],
  ['all well', 'Never', record([one(ended(0)), one(ended(0))]), 'Succeeded'],
  ['one failed', 'Never', record([one(ended(0)), one(ended(2))]), 'Failed'],
  ['to be restarted on failure', 'OnFailure', record([one(ended(2))]), 'Running'],
  ['well, restarted on failure only', 'OnFailure', record([one(ended(0))]), 'Succeeded'],
  ['always restarted', 'Always', record([one(ended(0))]), 'Running'],
  ['waiting for its next start', 'Always', record([restarting]), 'Running'],
  ['always restarted, but deleted', 'Always', record([one(ended(0))], { ending: true }), 'Succeeded'],
  ['preparing', 'Never', record([init(running), one(waiting)]), 'Pending'],
  ['prepared in vain', 'Never', record([init(ended(4)), one(waiting)]), 'Failed'],
  ['preparing again', 'Always', record([init(ended(4)), one(waiting)]), 'Pending'],
  ['too late', 'Always', record([one(running)], late), 'Failed'],
])('%s, %s', (_what, policy, given, phase) => {
  expect(phaseOf(given, policy)).toBe(phase);
});

const pod = { metadata: { name: 'p' }, spec: { restartPolicy: 'Never' } };

test('a pod has ended only when its containers are gone for good', () => {
  const first = withStatus(pod, record([one(running)]), 'then');
  const ending = withStatus(first, record([one(ended(1))]), 'now');
  expect(at(ending, 'status', 'phase')).toBe('Running');
  expect(at(withStatus(ending, record([one(ended(1))], { over: true }), 'later'), 'status', 'phase')).toBe('Failed');
});

test('a condition tells since when it is as it is', () => {
  const times = (of: JsonObject) => {
    const conditions = listOf(at(of, 'status', 'conditions')).map(objectOf);
    return Object.fromEntries(conditions.map(({ type, lastTransitionTime }) => [String(type), lastTransitionTime]));
  };
  const first = withStatus(pod, record([one(waiting)]), 'then');
  const second = withStatus(first, record([one(running)]), 'now');
  expect(times(second)).toMatchObject({ PodScheduled: 'then', Initialized: 'then', Ready: 'now', ContainersReady: 'now' });
});

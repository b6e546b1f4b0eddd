import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applicationRowSchema } from '../contract/applications.ts';
import { operators } from './operators/index.ts';
import { applicationPods, applicationRow } from './row.ts';
import { operatorSchema } from './state.ts';

const object = {
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: { uid: 'u', name: 'pi', namespace: 'default', creationTimestamp: '2026-01-02T03:04:00Z' },
  spec: { executor: { instances: 3 } },
  status: {
    applicationState: { state: 'RUNNING' },
    executionAttempts: 2,
    lastSubmissionAttemptTime: '2026-01-02T03:04:10Z',
    terminationTime: null,
  },
};

function pod(role: string, number: number, state: object, phase = 'Running') {
  const name = `${role}-${number}`;
  return {
    metadata: {
      uid: name,
      name,
      creationTimestamp: '2026-01-02T03:04:12Z',
      labels: { 'spark-role': role, 'spark-exec-id': String(number) },
    },
    spec: { nodeName: 'n1' },
    status: { phase, containerStatuses: [{ name: `spark-kubernetes-${role}`, state }] },
  };
}

const startedAt = '2026-01-02T03:04:14Z';
const pods = [
  pod('executor', 10, { running: { startedAt } }),
  pod(
    'executor',
    2,
    { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt, finishedAt: '2026-01-02T03:04:20Z' } },
    'Failed',
  ),
  pod('executor', 3, { waiting: { reason: 'ContainerCreating' } }, 'Pending'),
  pod('driver', 0, { running: { startedAt } }),
];
const base = Date.UTC(2026, 0, 2, 3, 4);

test('a row has what the table shows', () => {
  expect(applicationRow('kubeflow', object, pods)).toEqual({
    uid: 'u',
    operator: 'kubeflow',
    namespace: 'default',
    name: 'pi',
    state: { phase: 'running', word: 'RUNNING', why: null },
    createdAt: base,
    startedAt: base + 10_000,
    endedAt: null,
    attempts: 2,
    attemptsMost: 1,
    executors: { running: 1, total: 3 },
  });
});

test('pods are driver first, then executors by number, with Kubernetes own word', () => {
  const shown = applicationPods(pods);
  expect(shown.map(({ exitCode, name, startedAt: started, status }) => [name, status, exitCode, started])).toEqual([
    ['driver-0', 'Running', null, base + 14_000],
    ['executor-2', 'OOMKilled', 137, base + 14_000],
    ['executor-3', 'ContainerCreating', null, null],
    ['executor-10', 'Running', null, base + 14_000],
  ]);
  expect(shown[1]?.endedAt).toBe(base + 20_000);
});

test('executors on a node that is gone do not read as running', () => {
  const conditions = [
    { type: 'Ready', status: 'False' },
    { type: 'ContainersReady', status: 'True' },
  ];
  const container = { running: { startedAt } };
  const lost = (number: number, metadata: object = {}) => {
    const one = pod('executor', number, container);
    return { ...one, metadata: { ...one.metadata, ...metadata }, status: { ...one.status, conditions } };
  };
  const all = [pod('driver', 0, container), lost(1), lost(2, { deletionTimestamp: startedAt }), pod('executor', 3, container)];
  const row = applicationRow('kubeflow', object, all);
  expect(row.executors).toEqual({ running: 1, total: 3 });
  expect(row.state.why).toBe('n1 does not answer: 2 of 3 executors ran there');
  expect(applicationPods(all).map(({ status }) => status)).toEqual(['Running', 'Node lost', 'Terminating', 'Running']);
});

test('any object of any operator gives a row that crosses the boundary', () => {
  const shape = fc.record({ metadata: fc.anything(), spec: fc.anything(), status: fc.anything() }, { requiredKeys: [] });
  fc.assert(
    fc.property(
      fc.constantFrom(...operatorSchema.options),
      shape,
      fc.array(fc.oneof(shape, fc.constantFrom(...pods))),
      (operator, hostile, others) => {
        applicationRowSchema.parse(applicationRow(operator, hostile, others));
        const adapter = operators[operator];
        adapter.isApplication(hostile);
        expect(adapter.uiPort(hostile)).toBeGreaterThan(0);
        for (const other of others) adapter.ownsPod(hostile, other);
      },
    ),
  );
});

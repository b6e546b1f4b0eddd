import { parseTime } from '../time.ts';
import type { Observation, ObservationType } from './reduce.ts';

/** Second 0 of the stories. */
export const start = parseTime('2026-01-02T03:04:00Z') ?? 0;

/** A time as Kubernetes writes it: whole seconds, rounded down. */
export function written(seconds: number): string {
  const [minute, second] = [4 + Math.floor(seconds / 60), Math.floor(seconds) % 60];
  return `2026-01-02T03:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}Z`;
}

/** An observation at `seconds` (to the millisecond). */
export function saw(seconds: number, type: ObservationType, object: unknown): Observation {
  return { at: start + Math.round(seconds * 1000), type, object };
}

/** A SparkApplication of the Kubeflow operator, created at second 0 unless said otherwise; `status` as the operator writes it. */
export function application(
  state: string,
  status: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { uid: 'app', name: 'pi', namespace: 'default', creationTimestamp: written(0), ...metadata },
    spec: { executor: { instances: 1 }, ...spec },
    ...(state === '' ? {} : { status: { applicationState: { state }, ...status } }),
  };
}

interface PodFacts {
  created: number;
  run?: string;
  executor?: number;
  scheduled?: number;
  waiting?: string;
  message?: string;
  unschedulable?: string;
  started?: number;
  finished?: number;
  exitCode?: number;
  reason?: string;
  deletion?: number;
  phase?: string;
  uid?: string;
}

/** A driver's pod, or an executor's where `executor` is given; every time is in seconds of the story. */
export function pod(facts: PodFacts): Record<string, unknown> {
  const run = facts.run ?? 'run-1';
  const name = facts.executor === undefined ? 'pi-driver' : `job-${run}-exec-${facts.executor}`;
  const role = facts.executor === undefined ? 'driver' : 'executor';
  const container = containerOf(facts);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      uid: facts.uid ?? `${name}-${run}`,
      name,
      namespace: 'default',
      creationTimestamp: written(facts.created),
      ...(facts.deletion === undefined ? {} : { deletionTimestamp: written(facts.deletion) }),
      labels: {
        'spark-role': role,
        'spark-app-selector': `spark-${run}`,
        'sparkoperator.k8s.io/app-name': 'pi',
        'sparkoperator.k8s.io/submission-id': run,
        ...(facts.executor === undefined ? {} : { 'spark-exec-id': String(facts.executor) }),
      },
    },
    status: {
      phase:
        facts.phase ??
        (facts.exitCode !== undefined
          ? facts.exitCode === 0
            ? 'Succeeded'
            : 'Failed'
          : facts.started === undefined
            ? 'Pending'
            : 'Running'),
      conditions: conditionsOf(facts),
      ...(container === null
        ? {}
        : { containerStatuses: [{ name: `spark-kubernetes-${role}`, image: 'spark:4', state: container }] }),
    },
  };
}

function conditionsOf({ scheduled, unschedulable }: PodFacts): unknown[] {
  if (unschedulable !== undefined)
    return [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: unschedulable }];
  return scheduled === undefined ? [] : [{ type: 'PodScheduled', status: 'True', lastTransitionTime: written(scheduled) }];
}

function containerOf({ exitCode, finished, message, reason, started, waiting }: PodFacts): unknown {
  const startedAt = started === undefined ? {} : { startedAt: written(started) };
  if (exitCode !== undefined) {
    const finishedAt = finished === undefined ? {} : { finishedAt: written(finished) };
    return { terminated: { exitCode, reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'), ...startedAt, ...finishedAt } };
  }
  if (started !== undefined) return { running: startedAt };
  return waiting === undefined ? null : { waiting: { reason: waiting, ...(message === undefined ? {} : { message }) } };
}

/** An event about the application (core/v1), or about another object. */
export function event(
  reason: string,
  first: number,
  last = first,
  count = 1,
  about: unknown = { kind: 'SparkApplication', name: 'pi', uid: 'app' },
): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { uid: `event-${reason}`, name: reason, namespace: 'default', creationTimestamp: written(first) },
    involvedObject: about,
    reason,
    type: reason.endsWith('Failed') ? 'Warning' : 'Normal',
    message: `${reason} of pi`,
    count,
    firstTimestamp: written(first),
    lastTimestamp: written(last),
  };
}

const first = { submissionID: 'run-1', submissionAttempts: 1, executionAttempts: 1, lastSubmissionAttemptTime: written(0) };
const second = { submissionID: 'run-2', submissionAttempts: 2, executionAttempts: 2, lastSubmissionAttemptTime: written(36) };
const retries = { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } };
const driver = { created: 8, scheduled: 8 };
const again = { created: 45, scheduled: 45, run: 'run-2' };
const executor = { created: 20, scheduled: 20, executor: 1 };

/** A run that fails with exit 1 and succeeds when run again. */
export const retriedRun: readonly Observation[] = [
  saw(0.2, 'added', application('', {}, retries)),
  saw(8.4, 'added', pod({ created: 8 })),
  saw(8.5, 'modified', pod({ ...driver, waiting: 'ContainerCreating' })),
  saw(8.9, 'added', event('SparkApplicationSubmitted', 8)),
  saw(8.91, 'modified', application('SUBMITTED', first, retries)),
  saw(8.95, 'modified', application('SUBMITTED', { ...first, sparkApplicationId: 'spark-1' }, retries)),
  saw(10.1, 'modified', pod({ ...driver, started: 9 })),
  saw(10.15, 'added', event('SparkDriverRunning', 10)),
  saw(10.2, 'modified', application('RUNNING', first, retries)),
  saw(20.9, 'added', pod({ created: 20, executor: 1 })),
  saw(21, 'modified', pod({ ...executor, waiting: 'ContainerCreating' })),
  saw(22.1, 'modified', pod({ ...executor, started: 21 })),
  saw(33.4, 'modified', pod({ ...executor, started: 21, deletion: 63 })),
  saw(33.7, 'modified', pod({ ...executor, started: 21, finished: 33, exitCode: 143, deletion: 63 })),
  saw(34.2, 'modified', pod({ ...driver, started: 9, finished: 33, exitCode: 1, phase: 'Running' })),
  saw(34.22, 'deleted', pod({ ...executor, started: 21, finished: 33, exitCode: 143, deletion: 63 })),
  saw(34.26, 'modified', application('FAILING', { ...first, terminationTime: written(34) }, retries)),
  saw(34.27, 'added', event('SparkDriverFailed', 34)),
  saw(34.33, 'modified', application('PENDING_RERUN', { ...first, terminationTime: null }, retries)),
  saw(35.3, 'modified', pod({ ...driver, started: 9, finished: 33, exitCode: 1, deletion: 63 })),
  saw(36.2, 'deleted', pod({ ...driver, started: 9, finished: 33, exitCode: 1, deletion: 63 })),
  saw(36.3, 'added', event('SparkApplicationPendingRerun', 36)),
  saw(45.36, 'added', pod(again)),
  saw(45.6, 'modified', event('SparkApplicationSubmitted', 8, 45, 2)),
  saw(45.65, 'modified', application('SUBMITTED', second, retries)),
  saw(46.3, 'modified', pod({ ...again, started: 45 })),
  saw(46.31, 'modified', event('SparkDriverRunning', 10, 46, 2)),
  saw(46.32, 'modified', application('RUNNING', second, retries)),
  saw(53.6, 'added', pod({ created: 53, scheduled: 53, executor: 1, run: 'run-2' })),
  saw(55.3, 'modified', pod({ created: 53, scheduled: 53, executor: 1, run: 'run-2', started: 54 })),
  saw(
    60.9,
    'modified',
    pod({ created: 53, scheduled: 53, executor: 1, run: 'run-2', started: 54, finished: 60, exitCode: 0, deletion: 90 }),
  ),
  saw(61.4, 'modified', application('SUCCEEDING', { ...second, terminationTime: written(61) }, retries)),
  saw(61.41, 'added', event('SparkDriverCompleted', 61)),
  saw(61.42, 'modified', application('COMPLETED', { ...second, terminationTime: written(61) }, retries)),
  saw(62.4, 'modified', pod({ ...again, started: 45, finished: 60, exitCode: 0 })),
];

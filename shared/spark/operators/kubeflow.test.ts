import { describe, expect, test } from 'vitest';
import { kubeflow, shouldRetry } from './kubeflow.ts';

function application(state: string, status: object = {}, spec: object = {}): unknown {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { uid: 'app', name: 'pi', namespace: 'default' },
    spec,
    status: { applicationState: { state }, ...status },
  };
}

function failed(errorMessage: string): unknown {
  return application('FAILED', { applicationState: { state: 'FAILED', errorMessage } });
}

function pod(role: 'driver' | 'executor', status: object, metadata: object = {}): unknown {
  const labels = { 'spark-role': role, 'spark-exec-id': '1', 'sparkoperator.k8s.io/app-name': 'pi' };
  return { kind: 'Pod', metadata: { uid: role, name: role, namespace: 'default', labels, ...metadata }, status };
}

function container(role: 'driver' | 'executor', state: object): object {
  return {
    phase: 'Pending',
    containerStatuses: [{ name: 'sidecar' }, { name: `spark-kubernetes-${role}`, image: 'spark:4', state }],
  };
}

describe('states', () => {
  test.each([
    ['', 'new'],
    ['SUBMITTED', 'starting'],
    ['RUNNING', 'running'],
    ['SUCCEEDING', 'finishing'],
    ['COMPLETED', 'succeeded'],
    ['SUBMISSION_FAILED', 'finishing'],
    ['FAILING', 'finishing'],
    ['FAILED', 'failed'],
    ['PENDING_RERUN', 'retrying'],
    ['INVALIDATING', 'retrying'],
    ['SUSPENDING', 'finishing'],
    ['SUSPENDED', 'suspended'],
    ['RESUMING', 'starting'],
    ['UNKNOWN', 'unknown'],
    ['A_LATER_ONE', 'unknown'],
  ])('"%s" is %s', (word, phase) => {
    expect(kubeflow.state(application(word), [])).toEqual({ phase, word, why: null });
  });

  test('no status at all is new', () => {
    expect(kubeflow.state({ metadata: { name: 'pi' } }, [])).toEqual({ phase: 'new', word: '', why: null });
  });

  const onFailure = { type: 'OnFailure', onFailureRetries: 1, onSubmissionFailureRetries: 2 };
  test.each([
    ['FAILING', { type: 'Always' }, {}, true],
    ['SUBMISSION_FAILED', { type: 'Always' }, {}, true],
    ['FAILING', { type: 'Never' }, {}, false],
    ['FAILING', undefined, {}, false],
    ['FAILING', onFailure, { executionAttempts: 1 }, true],
    ['FAILING', onFailure, { executionAttempts: 2 }, false],
    ['FAILING', { type: 'OnFailure' }, { executionAttempts: 0 }, false],
    ['SUBMISSION_FAILED', onFailure, { submissionAttempts: 2 }, true],
    ['SUBMISSION_FAILED', onFailure, { submissionAttempts: 3 }, false],
    ['RUNNING', { type: 'Always' }, {}, false],
  ])('%s with %j after %j: retried %s', (word, restartPolicy, status, retried) => {
    const object = application(word, status, { restartPolicy });
    expect(shouldRetry(object)).toBe(retried);
    if (word !== 'RUNNING') expect(kubeflow.state(object, []).phase).toBe(retried ? 'retrying' : 'finishing');
  });
});

describe('why', () => {
  const unschedulable = {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' }],
  };
  const pulling = container('driver', { waiting: { reason: 'ErrImagePull', message: 'not found' } });
  const creating = container('driver', { waiting: { reason: 'ContainerCreating' } });
  const noSecret = container('driver', { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } });

  test.each([
    ['SUBMITTED', [pod('driver', unschedulable)], 'Unschedulable: 0/1 nodes'],
    ['SUBMITTED', [pod('driver', pulling)], 'ImagePullBackOff: not found'],
    ['SUBMITTED', [pod('driver', noSecret)], 'CreateContainerConfigError: secret "db" not found'],
    ['SUBMITTED', [pod('driver', creating)], null],
    ['RUNNING', [pod('executor', unschedulable)], 'no executor runs: Unschedulable: 0/1 nodes'],
    ['RUNNING', [pod('executor', unschedulable), pod('executor', container('executor', { running: {} }))], null],
    ['COMPLETED', [pod('driver', unschedulable)], null],
  ])('%s with its pods', (word, pods, why) => {
    expect(kubeflow.state(application(word), pods).why).toBe(why);
  });

  test.each([
    ['driver container failed with ExitCode: 1, Reason: Error', 'exit 1'],
    ['driver container failed with ExitCode: 137, Reason: OOMKilled', 'exit 137 (OOMKilled)'],
    ['driver container failed with ExitCode: 11, Reason: Error', 'exit 11 (too many executors failed)'],
    ['driver pod not found', 'driver pod not found'],
    ['failed to submit spark application: driver pod already exist', 'driver pod already exist'],
  ])('%s', (message, why) => {
    expect(kubeflow.state(failed(message), []).why).toBe(why);
    expect(kubeflow.message(failed(message), [])).toBe(message);
  });

  test.each([
    ['FAILING', {}, 'never retried, spec.restartPolicy.onFailureRetryInterval is missing; exit 1'],
    ['FAILING', { onFailureRetryInterval: 5 }, 'exit 1'],
    ['SUBMISSION_FAILED', {}, 'never retried, spec.restartPolicy.onSubmissionFailureRetryInterval is missing; exit 1'],
    ['FAILED', {}, 'exit 1'],
  ])('%s that may be retried, with %j', (word, interval, why) => {
    const restartPolicy = { type: 'OnFailure', onFailureRetries: 1, onSubmissionFailureRetries: 1, ...interval };
    const errorMessage = 'driver container failed with ExitCode: 1, Reason: Error';
    const status = { executionAttempts: 1, submissionAttempts: 1, applicationState: { state: word, errorMessage } };
    expect(kubeflow.state(application(word, status, { restartPolicy }), []).why).toBe(why);
  });

  test('exit 143 of a driver that was deleted is no failure of the job', () => {
    const message = 'driver container failed with ExitCode: 143, Reason: Error';
    const ended = container('driver', { terminated: { exitCode: 143, reason: 'Error' } });
    expect(kubeflow.state(failed(message), [pod('driver', ended)]).why).toBe('exit 143 (told to stop)');
    const deleted = pod('driver', ended, { deletionTimestamp: '2026-01-02T03:04:05Z' });
    expect(kubeflow.state(failed(message), [deleted]).why).toBe('driver pod was deleted (exit 143)');
  });
});

describe('pods', () => {
  const object = application('RUNNING');
  const owner = (uid: string) => ({
    ownerReferences: [{ apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', uid }],
  });

  test.each([
    ['its own by label', pod('driver', {}), true],
    ['its own by owner', pod('driver', {}, owner('app')), true],
    ['of an earlier object of the same name', pod('driver', {}, owner('older')), false],
    ['of another namespace', pod('driver', {}, { namespace: 'other' }), false],
    ['without labels', { metadata: { namespace: 'default' } }, false],
  ])('%s', (_case, other, owned) => {
    expect(kubeflow.ownsPod(object, other)).toBe(owned);
  });
});

test.each([
  [{ executor: { instances: 3 } }, 3],
  [{ sparkConf: { 'spark.executor.instances': '4' } }, 4],
  [{}, 2],
  [{ executor: { instances: 3 }, dynamicAllocation: { enabled: true } }, 1],
])('executors wanted by %j: %i', (spec, wanted) => {
  const pods = [
    pod('executor', { phase: 'Running' }),
    pod('executor', { phase: 'Succeeded' }),
    pod('driver', { phase: 'Running' }),
  ];
  expect(kubeflow.wantedExecutors(application('RUNNING', {}, spec), pods)).toBe(wanted);
});

test.each([
  [{}, 4040, true],
  [{ sparkConf: { 'spark.ui.port': '4050', 'spark.ui.enabled': 'false' } }, 4050, false],
  [{ sparkConf: { 'spark.ui.port': 4051, 'spark.ui.enabled': true } }, 4051, true],
  [{ sparkConf: { 'spark.ui.port': 'none' } }, 4040, true],
])('UI of %j: port %i, enabled %s', (spec, port, enabled) => {
  expect([kubeflow.uiPort({ spec }), kubeflow.uiEnabled({ spec })]).toEqual([port, enabled]);
});

test('counts no time for a suspended application', () => {
  const status = { lastSubmissionAttemptTime: '2026-01-02T03:04:05Z', applicationState: { state: 'RUNNING' } };
  expect(kubeflow.startedAt({ status }, [])).toBe(Date.parse('2026-01-02T03:04:05Z'));
  expect(kubeflow.startedAt({ status: { ...status, applicationState: { state: 'SUSPENDED' } } }, [])).toBeNull();
});

test.each<[string, object | undefined, number | null]>([
  ['never again', { type: 'Never' }, 1],
  ['no policy', undefined, 1],
  ['two retries', { type: 'OnFailure', onFailureRetries: 2 }, 3],
  ['on failure without a number', { type: 'OnFailure' }, 1],
  ['always', { type: 'Always' }, null],
])('runs at the most: %s', (_name, restartPolicy, most) => {
  expect(kubeflow.attemptsMost(application('RUNNING', {}, { restartPolicy }))).toBe(most);
});

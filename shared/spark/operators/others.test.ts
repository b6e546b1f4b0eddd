import { describe, expect, test } from 'vitest';
import { operators } from './index.ts';

const { apache, radanalytics } = operators;
const sparkSubmit = operators['spark-submit'];

function pod(labels: object, status: object = { phase: 'Running' }, metadata: object = {}): unknown {
  return { kind: 'Pod', apiVersion: 'v1', metadata: { uid: 'p', name: 'p', namespace: 'default', labels, ...metadata }, status };
}

describe('apache', () => {
  function application(word: string, history: string[] = []): unknown {
    const entries = history.map((state, index) => [
      String(index),
      { currentStateSummary: state, lastTransitionTime: `2026-01-02T03:04:0${index}.500Z` },
    ]);
    return {
      metadata: { name: 'pi', namespace: 'default', uid: 'app' },
      status: {
        currentState: { currentStateSummary: word, message: 'said so' },
        stateTransitionHistory: Object.fromEntries(entries),
      },
    };
  }

  test.each([
    ['Submitted', [], 'new'],
    ['DriverRequested', [], 'starting'],
    ['InitializedBelowThresholdExecutors', [], 'starting'],
    ['RunningHealthy', [], 'running'],
    ['RunningWithPartialCapacity', [], 'running'],
    ['RunningWithBelowThresholdExecutors', [], 'degraded'],
    ['ScheduledToRestart', [], 'retrying'],
    ['Succeeded', [], 'finishing'],
    ['DriverEvicted', [], 'finishing'],
    ['ResourceReleased', ['RunningHealthy', 'Succeeded', 'ResourceReleased'], 'succeeded'],
    ['ResourceReleased', ['RunningHealthy', 'Failed', 'ResourceReleased'], 'failed'],
    ['TerminatedWithoutReleaseResources', ['DriverStartTimedOut', 'TerminatedWithoutReleaseResources'], 'failed'],
    ['SomethingNew', [], 'unknown'],
  ])('%s after %j is %s', (word, history, phase) => {
    expect(apache.state(application(word, history), [])).toMatchObject({ word, phase });
  });

  test('says why it failed, and when it started and ended', () => {
    const object = application('ResourceReleased', ['Submitted', 'DriverRequested', 'Failed', 'ResourceReleased']);
    expect(apache.state(object, []).why).toBe('said so');
    const base = Date.UTC(2026, 0, 2, 3, 4);
    expect([apache.startedAt(object, []), apache.endedAt(object, []), apache.attempts(object)]).toEqual([
      base + 1500,
      base + 2500,
      1,
    ]);
    expect(apache.state({}, [])).toEqual({ phase: 'new', word: '', why: null });
    expect(apache.attempts({})).toBe(0);
  });

  test.each<[string, object | undefined, number | null]>([
    ['no configuration', undefined, 1],
    ['never', { restartPolicy: 'Never', maxRestartAttempts: 5 }, 1],
    ['without a number', { restartPolicy: 'OnFailure' }, 4],
    ['one restart', { restartPolicy: 'Always', maxRestartAttempts: 1 }, 2],
    ['a counter that starts anew', { restartPolicy: 'Always', restartCounterResetMillis: 60_000 }, null],
  ])('runs at the most: %s', (_name, restartConfig, most) => {
    expect(apache.attemptsMost({ spec: { applicationTolerations: { restartConfig } } })).toBe(most);
  });

  test('owns its pods by its own label', () => {
    expect(apache.ownsPod(application('Submitted'), pod({ 'spark.operator/spark-app-name': 'pi' }))).toBe(true);
    expect(apache.ownsPod(application('Submitted'), pod({ 'sparkoperator.k8s.io/app-name': 'pi' }))).toBe(false);
  });
});

const ended = (exitCode: number, reason: string) => ({
  phase: 'Running',
  containerStatuses: [
    { name: 'sidecar', state: { running: {} } },
    {
      name: 'spark-kubernetes-driver',
      state: { terminated: { exitCode, reason, startedAt: '2026-01-02T03:04:05Z', finishedAt: '2026-01-02T03:05:05Z' } },
    },
  ],
});

test.each([
  [{ phase: 'Pending' }, { phase: 'starting', word: 'Pending', why: null }],
  [{ phase: 'Running' }, { phase: 'running', word: 'Running', why: null }],
  [ended(0, 'Completed'), { phase: 'succeeded', word: 'Succeeded', why: null }],
  [ended(52, 'Error'), { phase: 'failed', word: 'Failed', why: 'exit 52 (Java ran out of memory)' }],
  [
    { phase: 'Failed', reason: 'Evicted', message: 'low on disk' },
    { phase: 'failed', word: 'Failed', why: 'Evicted: low on disk' },
  ],
  [{ phase: 'Unknown' }, { phase: 'unknown', word: 'Unknown', why: null }],
])('a driver with %j tells the state where no operator writes one', (status, state) => {
  const driver = pod({ 'spark-role': 'driver', 'radanalytics.io/SparkApplication': 'pi' }, status);
  expect(radanalytics.state({ metadata: { name: 'pi' } }, [driver])).toEqual(state);
  expect(sparkSubmit.state(driver, [])).toEqual(state);
});

test('radanalytics is new before its first driver, whatever its status says', () => {
  expect(radanalytics.state({ status: { state: 'ready' } }, [])).toEqual({ phase: 'new', word: 'ready', why: null });
});

describe('spark-submit', () => {
  const driver = pod({ 'spark-role': 'driver', 'spark-app-selector': 'spark-1', 'spark-app-name': 'etl' });

  test.each([
    ['a driver of nobody', driver, true],
    ['one of Kubeflow', pod({ 'spark-role': 'driver', 'sparkoperator.k8s.io/app-name': 'pi' }), false],
    ['one of Apache', pod({ 'spark-role': 'driver', 'spark.operator/spark-app-name': 'pi' }), false],
    [
      'one owned by some SparkApplication',
      pod({ 'spark-role': 'driver' }, {}, { ownerReferences: [{ kind: 'SparkApplication' }] }),
      false,
    ],
    ['an executor', pod({ 'spark-role': 'executor' }), false],
    ["a ConfigMap with Spark's labels", { kind: 'ConfigMap', metadata: { labels: { 'spark-role': 'driver' } } }, false],
  ])('%s', (_case, object, is) => {
    expect(sparkSubmit.isApplication(object)).toBe(is);
  });

  test('is named by its label, else by its pod', () => {
    expect(sparkSubmit.applicationName(driver)).toBe('etl');
    expect(sparkSubmit.applicationName(pod({ 'spark-role': 'driver' }))).toBe('p');
  });

  test('owns the executors of the same Spark application, whatever name the job gave itself', () => {
    const executor = (id: string, namespace = 'default') =>
      pod({ 'spark-role': 'executor', 'spark-app-selector': id, 'spark-app-name': 'job' }, {}, { uid: 'e', namespace });
    const owned = [executor('spark-1'), executor('spark-2'), executor('spark-1', 'other'), driver].map((other) =>
      sparkSubmit.ownsPod(driver, other),
    );
    expect(owned).toEqual([true, false, false, true]);
  });

  test('finds the UI at the port of that name', () => {
    const ports = [
      { name: 'driver-rpc-port', containerPort: 7078 },
      { name: 'spark-ui', containerPort: 4046 },
    ];
    expect(sparkSubmit.uiPort({ spec: { containers: [{ name: 'sidecar' }, { ports }] } })).toBe(4046);
    expect(sparkSubmit.uiPort(driver)).toBe(4040);
  });
});

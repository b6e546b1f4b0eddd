import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operators } from '../../../../shared/spark/operators/index.ts';
import { applicationRow } from '../../../../shared/spark/row.ts';
import { emptyTimelineState, observeAll, timelineOf } from '../../../../shared/timeline/reduce.ts';
import { at, type JsonObject, labelsOf, metadataOf, nameOf, objectOf, textOf } from '../../json.ts';
import { type Bench, openBench } from '../../testing.ts';
import { statesOf, wordOf } from './status.ts';
import { FINALIZER } from './step.ts';

const { apache } = operators;
const path = '/apis/spark.apache.org/v1/namespaces/default/sparkapplications';
const plural = 'sparkapplications.spark.apache.org';
const settled = { timeout: 4000, interval: 5 };

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.cluster.close());

/** An application as the operator's own examples write it. */
function application(name: string, driverArgs: string[], tolerations: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'spark.apache.org/v1',
    kind: 'SparkApplication',
    metadata: { name },
    spec: {
      mainClass: 'jobs.Job',
      jars: 'local:///jobs.jar',
      driverArgs,
      sparkConf: {
        'spark.executor.instances': '2',
        'spark.kubernetes.container.image': 'spark',
        'spark.kubernetes.authenticate.driver.serviceAccountName': 'spark',
      },
      runtimeVersions: { sparkVersion: '4.0.0' },
      applicationTolerations: tolerations,
    },
  };
}

const get = (name: string): JsonObject => bench.cluster.api.get(plural, 'default', name) ?? {};
const podsOf = (name: string): JsonObject[] =>
  bench.cluster.api.list('pods', 'default').filter((pod) => apache.ownsPod(get(name), pod));
const words = (name: string): string[] =>
  [...statesOf(objectOf(at(get(name), 'status', 'previousAttemptSummary'))), ...statesOf(objectOf(get(name).status))].map(
    (state) => textOf(state.currentStateSummary),
  );
const create = (object: JsonObject) => bench.ask('POST', path, object);
const reaches = (name: string, word: string) => vi.waitFor(() => expect(wordOf(get(name))).toBe(word), settled);

const start = ['Submitted', 'DriverRequested', 'DriverStarted', 'DriverReady', 'RunningHealthy'];
const instanceConfig = { initExecutors: 2, minExecutors: 2, maxExecutors: 2 };

describe('an application', () => {
  test('runs to its end, and the product reads it', async () => {
    await create(application('pi', ['pi', '10']));
    await reaches('pi', 'RunningHealthy');
    await vi.waitFor(() => expect(podsOf('pi').map(nameOf)).toContain('pi-0-exec-2'), settled);
    const pods = podsOf('pi');
    expect(pods.map(nameOf)).toEqual(['pi-0-driver', 'pi-0-exec-1', 'pi-0-exec-2']);
    expect(applicationRow('apache', get('pi'), pods)).toMatchObject({
      name: 'pi',
      state: { phase: 'running', word: 'RunningHealthy', why: null },
      attempts: 1,
      attemptsMost: 1,
      executors: { total: 2 },
    });
    expect(apache.driverPodName(get('pi'), pods)).toBe('pi-0-driver');
    expect(new Set(pods.map(apache.runOfPod))).toEqual(new Set(['pi-0']));
    const [driver = {}] = pods;
    expect(metadataOf(driver).ownerReferences).toMatchObject([
      { apiVersion: 'spark.apache.org/v1', kind: 'SparkApplication', name: 'pi', controller: true },
    ]);
    expect(labelsOf(driver)).toMatchObject({ 'spark.operator/name': 'spark-kubernetes-operator', 'spark-role': 'driver' });

    await reaches('pi', 'ResourceReleased');
    expect(words('pi')).toEqual([...start, 'Succeeded', 'ResourceReleased']);
    expect(apache.state(get('pi'), [])).toEqual({ phase: 'succeeded', word: 'ResourceReleased', why: null });
    expect(apache.attempts(get('pi'))).toBe(1);
    expect(apache.endedAt(get('pi'), [])).toBeGreaterThan(apache.startedAt(get('pi'), []) ?? Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(podsOf('pi')).toEqual([]), settled);
  });

  test('counts its executors where it says how many it wants', async () => {
    await create(application('counted', ['pi', '10'], { instanceConfig, resourceRetainPolicy: 'Always' }));
    await reaches('counted', 'TerminatedWithoutReleaseResources');
    expect(words('counted')).toEqual(expect.arrayContaining([...start, 'Succeeded']));
    expect(podsOf('counted').map(nameOf)).toContain('counted-0-driver');
    expect(apache.state(get('counted'), podsOf('counted')).phase).toBe('succeeded');
  });

  test('that fails is tried again, and its timeline tells both attempts', async () => {
    const restartConfig = { restartPolicy: 'OnFailure', maxRestartAttempts: 1, restartBackoffMillis: 5000 };
    await create(application('fails', ['fail'], { restartConfig }));
    await reaches('fails', 'ResourceReleased');
    const second = ['ScheduledToRestart', ...start.slice(1), 'Failed', 'ResourceReleased'];
    expect(words('fails')).toEqual([...start, 'Failed', ...second]);
    const state = apache.state(get('fails'), podsOf('fails'));
    expect(state).toMatchObject({ phase: 'failed', word: 'ResourceReleased' });
    expect(apache.message(get('fails'), [])).toBe('The maximum number of restart attempts (1) has been exceeded.');
    expect(apache.attempts(get('fails'))).toBe(2);
    const seen = [{ at: Date.now(), type: 'listed' as const, object: get('fails') }];
    const lane = timelineOf(observeAll(emptyTimelineState('apache'), seen)).lanes.find(({ id }) => id === 'application');
    expect(lane?.segments.at(-1)).toMatchObject({ state: 'ResourceReleased', attempt: 2 });
  });

  test('whose ServiceAccount is missing is refused with the server’s words', async () => {
    const object = application('refused', ['pi']);
    const account = { 'spark.kubernetes.authenticate.driver.serviceAccountName': 'nobody' };
    await create({
      ...object,
      spec: { ...objectOf(object.spec), sparkConf: { 'spark.kubernetes.container.image': 'spark', ...account } },
    });
    await reaches('refused', 'ResourceReleased');
    expect(words('refused')).toEqual(['Submitted', 'SchedulingFailure', 'ResourceReleased']);
    const refusal = statesOf(objectOf(get('refused').status))[1];
    expect(textOf(refusal?.message)).toContain(
      'error looking up service account default/nobody: serviceaccount "nobody" not found',
    );
  });

  test('whose driver finds no node times out', async () => {
    const object = application('large', ['pi'], { applicationTimeoutConfig: { driverStartTimeoutMillis: 20_000 } });
    const spec = objectOf(object.spec);
    await create({ ...object, spec: { ...spec, sparkConf: { ...objectOf(spec.sparkConf), 'spark.driver.cores': '64' } } });
    await reaches('large', 'ResourceReleased');
    expect(words('large')).toEqual(['Submitted', 'DriverRequested', 'DriverStartTimedOut', 'ResourceReleased']);
  });

  test('that is deleted in mid-run takes its pods along', async () => {
    await create(application('removed', ['hang']));
    await reaches('removed', 'RunningHealthy');
    const answer = await bench.ask('DELETE', `${path}/removed`);
    expect(metadataOf(answer.body)).toMatchObject({ finalizers: [FINALIZER], deletionTimestamp: expect.any(String) });
    await vi.waitFor(() => expect(get('removed')).toEqual({}), settled);
    const left = () => bench.cluster.api.list('pods', 'default').filter((pod) => nameOf(pod).startsWith('removed-'));
    await vi.waitFor(() => expect(left()).toEqual([]), settled);
  });

  test('goes when its time to live is over', async () => {
    await create(application('brief', ['pi', '2'], { ttlAfterStopMillis: 3000 }));
    await reaches('brief', 'RunningHealthy');
    await vi.waitFor(() => expect(get('brief')).toEqual({}), settled);
  });
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, type JsonObject, labelsOf, listOf, metadataOf, nameOf, objectOf, textOf } from '../../json.ts';
import { application, applications, type Bench, openBench } from '../../testing.ts';
import { stateOf } from './step.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: ['kubeflow'] });
});

afterAll(() => bench.cluster.close());

const settled = { timeout: 5000, interval: 5 };
const get = (name: string): JsonObject => bench.cluster.api.get('sparkapplications', 'default', name) ?? {};
const reach = (name: string, state: string) => vi.waitFor(() => expect(stateOf(get(name))).toBe(state), settled);
const messageOf = (name: string): string => textOf(at(get(name), 'status', 'applicationState', 'errorMessage'));
const podsOf = (name: string): JsonObject[] =>
  bench.cluster.api.list('pods', 'default').filter((pod) => labelsOf(pod)['sparkoperator.k8s.io/app-name'] === name);
const reasonsFor = (name: string): string[] =>
  bench.cluster.api
    .list('events', 'default')
    .filter((event) => at(event, 'involvedObject', 'name') === name)
    .map((event) => textOf(event.reason));
const retrying: JsonObject = { arguments: ['fail'], restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } };

describe('without the webhook', () => {
  test('a retry without an interval never comes, and the application never ends', async () => {
    await bench.play('frozen', retrying);
    await reach('frozen', 'FAILING');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(stateOf(get('frozen'))).toBe('FAILING');
    expect(reasonsFor('frozen')).toContain('SparkDriverFailed');
    expect(reasonsFor('frozen')).not.toContain('SparkApplicationPendingRerun');
  });

  test('an edit frees it', async () => {
    await bench.ask('PATCH', `${applications}/frozen`, { spec: { arguments: ['pi', '2'] } }, mergePatch);
    await reach('frozen', 'COMPLETED');
  });

  test('fields that have no argument are lost', async () => {
    await bench.play('bare', { driver: { cores: 1, serviceAccount: 'spark', priorityClassName: 'x', env: [{ name: 'A' }] } });
    await reach('bare', 'RUNNING');
    const [driver = {}] = podsOf('bare');
    expect(at(driver, 'spec', 'priorityClassName')).toBeUndefined();
    expect(JSON.stringify(at(driver, 'spec', 'containers'))).not.toContain('"A"');
  });
});

const mergePatch = { 'Content-Type': 'application/merge-patch+json' };

describe('a driver', () => {
  test('that is removed by force is not found, at once and without an event', async () => {
    await bench.play('forced', { arguments: ['hang'] });
    await reach('forced', 'RUNNING');
    await bench.ask('DELETE', '/api/v1/namespaces/default/pods/forced-driver?gracePeriodSeconds=0');
    await reach('forced', 'FAILED');
    expect(messageOf('forced')).toBe('driver pod not found');
    expect(reasonsFor('forced')).not.toContain('SparkDriverFailed');
  });

  test('that is there already, whoever made it, fails the submission in few words', async () => {
    const pod = { spec: { containers: [{ name: 'c', image: 'i', command: ['sleep', 'infinity'] }] } };
    await bench.ask('POST', '/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'taken-driver' },
      ...pod,
    });
    await bench.play('taken');
    await reach('taken', 'FAILED');
    expect(messageOf('taken')).toBe('failed to submit spark application: failed to run spark-submit: driver pod already exist');
  });

  test('of a lost node makes the application UNKNOWN, until something else is known', async () => {
    await bench.play('lost', { arguments: ['hang'] });
    await reach('lost', 'RUNNING');
    const [driver = {}] = podsOf('lost').filter((pod) => nameOf(pod) === 'lost-driver');
    bench.cluster.api.put('pods', { ...driver, status: { ...objectOf(driver.status), phase: 'Unknown' } });
    await reach('lost', 'UNKNOWN');
    bench.cluster.api.put('pods', driver);
    await reach('lost', 'RUNNING');
    expect(reasonsFor('lost')).toContain('SparkDriverUnknown');
  });
});

describe('a submission', () => {
  test('of a name that no label takes fails with the words of the server', async () => {
    const name = 'a'.repeat(64);
    await bench.play(name);
    await reach(name, 'FAILED');
    expect(messageOf(name)).toMatch(/Message: .*metadata\.labels: Invalid value/);
  });

  test('whose arguments cannot be built never runs', async () => {
    const driver = { cores: 1, volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/tmp' }] };
    await bench.play('mountless', { driver });
    await reach('mountless', 'FAILED');
    expect(messageOf('mountless')).toBe(
      'failed to submit spark application: failed to build spark-submit arguments: volume spark-local-dir-1 not found',
    );
  });

  test('during which the spec is edited is thrown away; its driver goes unnoticed, so that only a touch brings the next one', async () => {
    // Slow enough to be edited in the middle.
    const other = await openBench({ operators: ['kubeflow'], runMilliseconds: 1500 });
    const found = (): JsonObject => other.cluster.api.get('sparkapplications', 'default', 'hasty') ?? {};
    const becomes = (state: string) => vi.waitFor(() => expect(stateOf(found())).toBe(state), settled);
    try {
      await other.play('hasty', { arguments: ['hang'] });
      await other.ask('PATCH', `${applications}/hasty`, { spec: { arguments: ['pi', '2'] } }, mergePatch);
      await becomes('PENDING_RERUN');
      await vi.waitFor(() => expect(other.cluster.api.list('pods', 'default')).toEqual([]), settled);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(stateOf(found())).toBe('PENDING_RERUN');
      await other.ask('PATCH', `${applications}/hasty`, { metadata: { annotations: { touched: 'yes' } } }, mergePatch);
      await becomes('COMPLETED');
      expect(objectOf(found().status)).toMatchObject({ executionAttempts: 1, submissionAttempts: 1 });
    } finally {
      await other.cluster.close();
    }
  });

  test('of an application that is suspended from the start never begins', async () => {
    const states = await bench.play('asleep', { suspend: true });
    await reach('asleep', 'SUSPENDED');
    await vi.waitFor(() => expect(states).toEqual(['New', 'SUSPENDING', 'SUSPENDED']), settled);
    expect(podsOf('asleep')).toEqual([]);
  });
});

test('an application whose time to live is over goes, its driver too', async () => {
  await bench.play('brief', { timeToLiveSeconds: 5 });
  await vi.waitFor(() => expect(podsOf('brief').map(nameOf)).toContain('brief-driver'), settled);
  await vi.waitFor(() => expect(get('brief')).toEqual({}), settled);
  await vi.waitFor(() => expect(podsOf('brief')).toEqual([]), settled);
});

test('the operator is somebody: its account and its rights are there', () => {
  const { api } = bench.cluster;
  expect(api.get('serviceaccounts', 'spark-operator', 'spark-operator-controller')).not.toBeNull();
  const binding = api.get('clusterrolebindings', '', 'spark-operator-controller');
  expect(at(objectOf(binding ?? {}), 'roleRef', 'name')).toBe('spark-operator-controller');
});

describe('with the webhook', () => {
  let other: Bench;
  beforeAll(async () => {
    other = await openBench({ operators: ['kubeflow'], webhook: true });
  });
  afterAll(() => other.cluster.close());
  const found = (name: string): JsonObject => other.cluster.api.get('sparkapplications', 'default', name) ?? {};

  test('the interval is filled in, and the retry comes', async () => {
    const states = await other.play('thawed', retrying);
    await vi.waitFor(() => expect(stateOf(found('thawed'))).toBe('FAILED'), settled);
    expect(at(found('thawed'), 'spec', 'restartPolicy')).toMatchObject({ onFailureRetryInterval: 5 });
    expect(states).toContain('PENDING_RERUN');
    expect(metadataOf(found('thawed')).generation).toBe(1);
  });

  test('pods get their fields', async () => {
    const driver = { cores: 1, serviceAccount: 'spark', env: [{ name: 'A', value: 'a' }], terminationGracePeriodSeconds: 7 };
    await other.play('dressed', { arguments: ['hang'], driver });
    await vi.waitFor(() => expect(stateOf(found('dressed'))).toBe('RUNNING'), settled);
    const pod = other.cluster.api.get('pods', 'default', 'dressed-driver') ?? {};
    expect(at(pod, 'spec', 'terminationGracePeriodSeconds')).toBe(7);
    expect(at(listOf(at(pod, 'spec', 'containers'))[0], 'env')).toContainEqual({ name: 'A', value: 'a' });
  });

  test('what would fail later is refused at once', async () => {
    const wrong = application('wrong', { sparkConf: { 'spark.master': 'local' } });
    const { body, status } = await other.ask('POST', applications, wrong);
    expect(status).toBe(403);
    expect(textOf(body.message)).toMatch(
      /^admission webhook "validate-sparkapplication\..*" denied the request: .*spark\.master/,
    );
  });
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, type JsonObject, labelsOf, nameOf, numberOf, objectOf, textOf } from '../../json.ts';
import { application, applications, type Bench, openBench } from '../../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.cluster.close());

const podsOf = (name: string): JsonObject[] =>
  bench.cluster.api.list('pods', 'default').filter((pod) => labelsOf(pod)['sparkoperator.k8s.io/app-name'] === name);
const reasonsFor = (name: string): string[] =>
  bench.cluster.api
    .list('events', 'default')
    .filter((event) => at(event, 'involvedObject', 'name') === name)
    .map((event) => textOf(event.reason));
const get = (name: string): JsonObject => bench.cluster.api.get('sparkapplications', 'default', name) ?? {};
const patch = (name: string, body: JsonObject) =>
  bench.ask('PATCH', `${applications}/${name}`, body, { 'Content-Type': 'application/merge-patch+json' });
const settled = { timeout: 5000, interval: 5 };
const ends = (states: string[], last: string) => vi.waitFor(() => expect(states.at(-1)).toBe(last), settled);

const run = ['New', 'SUBMITTED', 'RUNNING'];
const done = ['SUCCEEDING', 'COMPLETED'];
const stories: { name: string; spec: JsonObject; states: string[] }[] = [
  { name: 'completes', spec: {}, states: [...run, ...done] },
  { name: 'fails', spec: { arguments: ['fail'] }, states: [...run, 'FAILING', 'FAILED'] },
  {
    name: 'retries',
    spec: { arguments: ['fail'], restartPolicy: { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 5 } },
    states: [...run, 'FAILING', 'PENDING_RERUN', 'SUBMITTED', 'RUNNING', 'FAILING', 'FAILED'],
  },
  {
    name: 'refused',
    spec: { driver: { cores: 1, serviceAccount: 'missing' } },
    states: ['New', 'SUBMISSION_FAILED', 'FAILED'],
  },
];

test.each(stories)('$name: $states', async ({ name, spec, states }) => {
  const seen = await bench.play(name, spec);
  await ends(seen, states.at(-1) ?? '');
  expect(seen).toEqual(states);
});

describe('an application', () => {
  test('that is retried counts its attempts and says why it failed', () => {
    expect(objectOf(get('retries').status)).toMatchObject({
      executionAttempts: 2,
      submissionAttempts: 2,
      applicationState: { errorMessage: 'driver container failed with ExitCode: 1, Reason: Error' },
    });
    expect(reasonsFor('retries')).toEqual(expect.arrayContaining(['SparkDriverFailed', 'SparkApplicationPendingRerun']));
  });

  test('whose ServiceAccount is missing has no driver and tells so', () => {
    expect(podsOf('refused')).toEqual([]);
    expect(textOf(at(get('refused'), 'status', 'applicationState', 'errorMessage'))).toContain(
      'error looking up service account default/missing: serviceaccount "missing" not found',
    );
    expect(reasonsFor('refused')).toEqual(
      expect.arrayContaining(['SparkApplicationAdded', 'SparkApplicationSubmissionFailed', 'SparkApplicationFailed']),
    );
  });

  test('too large for the node stays submitted, its driver pending', async () => {
    const states = await bench.play('large', { driver: { cores: 64, serviceAccount: 'spark' } });
    await ends(states, 'SUBMITTED');
    await vi.waitFor(() => expect(reasonsFor('large-driver')).toContain('FailedScheduling'), settled);
    const [driver = {}] = podsOf('large');
    expect(driver.status).toMatchObject({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    });
    await bench.ask('DELETE', `${applications}/large`);
    await vi.waitFor(() => expect(podsOf('large')).toEqual([]), settled);
  });

  test('that is suspended loses its pods, and runs again when resumed', async () => {
    const states = await bench.play('paused', { arguments: ['hang'] });
    await ends(states, 'RUNNING');
    await patch('paused', { spec: { suspend: true } });
    await ends(states, 'SUSPENDED');
    await vi.waitFor(() => expect(podsOf('paused').filter((pod) => nameOf(pod) === 'paused-driver')).toEqual([]), settled);
    await patch('paused', { spec: { suspend: false } });
    await ends(states, 'RUNNING');
    expect(states).toEqual([...run, 'SUSPENDING', 'SUSPENDED', 'RESUMING', 'SUBMITTED', 'RUNNING']);
    await bench.ask('DELETE', `${applications}/paused`);
  });

  test('that is edited while it runs starts over, its counters too', async () => {
    const states = await bench.play('edited', { arguments: ['hang'] });
    await ends(states, 'RUNNING');
    await patch('edited', { spec: { arguments: ['pi', '10'] } });
    await ends(states, 'COMPLETED');
    expect(states).toEqual([...run, 'INVALIDATING', 'PENDING_RERUN', 'SUBMITTED', 'RUNNING', ...done]);
    expect(numberOf(at(get('edited'), 'status', 'executionAttempts'), 0)).toBe(1);
  });

  test('whose driver is deleted fails with exit code 143', async () => {
    const states = await bench.play('orphan', { arguments: ['hang'] });
    await ends(states, 'RUNNING');
    await bench.ask('DELETE', '/api/v1/namespaces/default/pods/orphan-driver');
    await ends(states, 'FAILED');
    expect(textOf(at(get('orphan'), 'status', 'applicationState', 'errorMessage'))).toBe(
      'driver container failed with ExitCode: 143, Reason: Error',
    );
  });

  test('that is deleted in mid-run takes everything with it', async () => {
    const states = await bench.play('removed', { arguments: ['hang'] });
    await ends(states, 'RUNNING');
    await vi.waitFor(() => expect(podsOf('removed').length).toBe(3), settled);
    await bench.ask('DELETE', `${applications}/removed`);
    await vi.waitFor(() => expect(podsOf('removed')).toEqual([]), settled);
    const left = () => ['services', 'configmaps'].flatMap((plural) => bench.cluster.api.list(plural, 'default').map(nameOf));
    await vi.waitFor(() => expect(left().filter((name) => name.startsWith('removed'))).toEqual([]), settled);
    await ends(states, '(deleted)');
  });

  test('with the name of one that is there is refused', async () => {
    const { status, body } = await bench.ask('POST', applications, application('completes'));
    expect([status, body.reason]).toEqual([409, 'AlreadyExists']);
  });
});

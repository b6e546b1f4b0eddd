import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DemoCluster, startDemoCluster } from '../cluster.ts';
import { at, type JsonObject, labelsOf, listOf, nameOf, textOf } from '../json.ts';
import type { Created } from './scenario.ts';

let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ runMilliseconds: 400, namespaces: ['analytics', 'staging'], webhook: true, livedIn: true });
});
afterAll(() => cluster.close());

const plurals: Record<Created['operator'], string> = {
  kubeflow: 'sparkapplications.sparkoperator.k8s.io',
  apache: 'sparkapplications.spark.apache.org',
  radanalytics: 'sparkapplications.radanalytics.io',
  'spark-submit': 'pods',
};

const find = ({ operator, namespace, name }: Created): JsonObject | null => cluster.api.get(plurals[operator], namespace, name);

/** Plays a scenario of one application and returns how to look at it. */
async function play(id: string): Promise<Created> {
  const { created } = await cluster.scenarios.play(id);
  const [first] = created;
  if (first === undefined) throw new Error(`${id} created nothing`);
  return first;
}

const stateOf = (created: Created) => textOf(at(find(created), 'status', 'applicationState', 'state'));
const messageOf = (created: Created) => textOf(at(find(created), 'status', 'applicationState', 'errorMessage'));
/** Spark names executors after the application's name at run time, so labels tell whose they are. */
const podsOf = ({ namespace, name }: Created) =>
  cluster.api.list('pods', namespace).filter((pod) => Object.values(labelsOf(pod)).includes(name));
const soon = { timeout: 15_000, interval: 20 };
vi.setConfig({ testTimeout: 20_000 });

// First, because a node that a scenario loses takes the pods of the past along.
describe('a lived-in cluster', () => {
  test('has runs that are over, of their own time, and the operator leaves them so', () => {
    const applications = cluster.api.list(plurals.kubeflow, 'default');
    const orders = applications.find((each) => nameOf(each) === 'orders-daily');
    expect(textOf(at(orders, 'status', 'applicationState', 'state'))).toBe('COMPLETED');
    expect(Date.parse(textOf(at(orders, 'metadata', 'creationTimestamp')))).toBeLessThan(Date.now() - 3_600_000);
    const report = applications.find((each) => nameOf(each) === 'revenue-report');
    expect(textOf(at(report, 'status', 'applicationState', 'errorMessage'))).toContain('ExitCode: 1');
    expect(textOf(at(cluster.api.get('pods', 'default', 'revenue-report-driver'), 'status', 'phase'))).toBe('Failed');
  });

  test('has work that goes on', async () => {
    const etl: Created = { operator: 'kubeflow', namespace: 'default', name: 'clickstream-etl' };
    await expect.poll(() => stateOf(etl), soon).toBe('RUNNING');
  });
});

describe('a scenario comes to what it says', () => {
  test.each([
    ['healthy', 'COMPLETED', ''],
    ['driver-exit-1', 'FAILED', 'ExitCode: 1, Reason: Error'],
    ['executor-oom', 'FAILED', 'ExitCode: 11'],
    ['service-account-missing', 'FAILED', 'serviceaccount "billing" not found'],
    ['quota-exceeded', 'FAILED', 'exceeded quota'],
  ])('%s: %s %s', async (id, state, message) => {
    const created = await play(id);
    await expect.poll(() => stateOf(created), soon).toBe(state);
    expect(messageOf(created)).toContain(message);
  });

  test('slow: it runs, with its executors', async () => {
    const created = await play('slow');
    await expect.poll(() => stateOf(created), soon).toBe('RUNNING');
    await expect.poll(() => podsOf(created).length, soon).toBe(4);
  });

  test('unschedulable: pending, with the scheduler’s reason', async () => {
    const created = await play('unschedulable');
    const reason = () => JSON.stringify(podsOf(created).map((pod) => at(pod, 'status', 'conditions')));
    await expect.poll(reason, soon).toContain('Insufficient cpu');
    await expect.poll(() => stateOf(created), soon).toBe('SUBMITTED');
  });

  test('image-pull: waits with the kubelet’s reason', async () => {
    const created = await play('image-pull');
    const reason = () => JSON.stringify(podsOf(created).map((pod) => at(pod, 'status', 'containerStatuses')));
    await expect.poll(reason, soon).toMatch(/ErrImagePull|ImagePullBackOff/);
  });

  test('webhook-off: frozen in FAILING, its env lost', async () => {
    const created = await play('webhook-off');
    await expect.poll(() => stateOf(created), soon).toBe('FAILING');
    expect(JSON.stringify(podsOf(created).map((pod) => at(pod, 'spec', 'containers')))).not.toContain('LEDGER');
  });

  test('retry-storm: every one of them is tried again', async () => {
    const { created } = await cluster.scenarios.play('retry-storm');
    expect(created).toHaveLength(12);
    const attempts = () => created.map((each) => Number(at(find(each), 'status', 'executionAttempts') ?? 0));
    await expect.poll(() => Math.min(...attempts()), soon).toBeGreaterThan(1);
  });

  test('edited-while-running: run again, with the new argument', async () => {
    const created = await play('edited-while-running');
    await expect.poll(() => listOf(at(find(created), 'spec', 'arguments'))[1], soon).toBe('60');
    await expect
      .poll(() => textOf(at(podsOf(created)[0], 'spec', 'containers', '0', 'args')) || stateOf(created), soon)
      .toBe('RUNNING');
    expect(at(find(created), 'status', 'executionAttempts')).toBe(1);
  });

  test('suspended-resumed: stopped, then run again', async () => {
    const created = await play('suspended-resumed');
    await expect.poll(() => stateOf(created), soon).toBe('SUSPENDED');
    await expect.poll(() => stateOf(created), soon).toBe('RUNNING');
  });

  test('apache-operator: through its own states', async () => {
    const created = await play('apache-operator');
    const summary = () => textOf(at(find(created), 'status', 'currentState', 'currentStateSummary'));
    await expect.poll(summary, soon).toMatch(/Succeeded|ResourceReleased/);
  });

  test('radanalytics-operator: a driver runs', async () => {
    const created = await play('radanalytics-operator');
    const drivers = () => podsOf(created).filter((pod) => at(pod, 'metadata', 'labels', 'spark-role') === 'driver');
    await expect.poll(() => drivers().length, soon).toBe(1);
  });

  test('plain-spark-submit: a driver that nobody owns', async () => {
    const { namespace, name } = await play('plain-spark-submit');
    // Its table and its page go by the label: the pod has a name of Spark's own.
    const driver = () => cluster.api.list('pods', namespace).find((pod) => labelsOf(pod)['spark-app-name'] === name);
    await expect.poll(() => textOf(at(driver(), 'status', 'phase')), soon).toBe('Running');
    expect(at(driver(), 'metadata', 'ownerReferences')).toBeUndefined();
    expect((await play('plain-spark-submit')).name).toBe(`${name}-2`);
  });

  test('scheduled: the schedule is taken up', async () => {
    const { told } = await cluster.scenarios.play('scheduled');
    expect(told).toContain('every-two-minutes');
    const schedule = () => cluster.api.get('scheduledsparkapplications', 'analytics', 'every-two-minutes');
    await expect.poll(() => textOf(at(schedule(), 'status', 'scheduleState')), soon).toBe('Scheduled');
  });

  test('node-lost: a node is NotReady, and the pods on it with it', async () => {
    await play('node-lost');
    const silent = () => cluster.api.list('nodes').filter((node) => JSON.stringify(node.status).includes('NodeStatusUnknown'));
    await expect.poll(() => silent().length, soon).toBe(1);
    const node = silent().map(nameOf)[0] ?? '';
    expect(cluster.api.list('pods', 'analytics').some((pod) => at(pod, 'spec', 'nodeName') === node)).toBe(true);
  });

  test('ten-thousand-pods: they are there', async () => {
    await cluster.scenarios.play('ten-thousand-pods');
    expect(cluster.api.list('pods', 'load')).toHaveLength(10_000);
  });
});

test('played twice, the second has a name of its own', async () => {
  const [one, other] = [await play('healthy'), await play('healthy')];
  expect(other.name).not.toBe(one.name);
});

test('an unknown scenario is refused', async () => {
  await expect(cluster.scenarios.play('nothing')).rejects.toThrow('there is no scenario nothing');
});

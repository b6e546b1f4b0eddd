import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, type JsonObject, labelsOf, listOf, nameOf, objectOf, textOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;
vi.setConfig({ testTimeout: 20_000 });

beforeAll(async () => {
  bench = await openBench({ runMilliseconds: 300 });
});
afterAll(() => bench.cluster.close());

const settled = { timeout: 15_000, interval: 10 };
const small = {
  driver: { cores: 1, serviceAccount: 'spark', memory: '512m' },
  executor: { cores: 1, instances: 1, memory: '512m' },
};
const application = (name: string): JsonObject => bench.cluster.api.get('sparkapplications', 'default', name) ?? {};
const stateOf = (name: string): string => textOf(at(application(name), 'status', 'applicationState', 'state'));
const podsOf = (name: string, role: string): JsonObject[] =>
  bench.cluster.api
    .list('pods', 'default')
    .filter((pod) => labelsOf(pod)['sparkoperator.k8s.io/app-name'] === name && labelsOf(pod)['spark-role'] === role);
const terminated = (pod: JsonObject | undefined): JsonObject =>
  objectOf(at(listOf(at(pod, 'status', 'containerStatuses'))[0], 'state', 'terminated'));
const logOf = async (pod: string): Promise<string> => {
  const response = await bench.fetch(`/api/v1/namespaces/default/pods/${pod}/log`);
  return response.text();
};
const ended = (name: string, state: string) => vi.waitFor(() => expect(stateOf(name)).toBe(state), settled);

const stories: { name: string; args: string[]; spec?: JsonObject; state: string; code: number; log: RegExp[] }[] = [
  {
    name: 'pi',
    args: ['pi', '8'],
    state: 'COMPLETED',
    code: 0,
    log: [/Pi is roughly 3\.1/, /Successfully stopped SparkContext/],
  },
  {
    name: 'shuffle',
    args: ['shuffle', '1000', '10'],
    state: 'COMPLETED',
    code: 0,
    log: [/ShuffleMapStage 0 .* finished/, /^Groups: 10$/m],
  },
  {
    name: 'fail',
    args: ['fail'],
    state: 'FAILED',
    code: 1,
    log: [/^Exception in thread "main" java\.lang\.IllegalStateException/m],
  },
  {
    name: 'task-fail',
    args: ['task-fail'],
    state: 'FAILED',
    code: 1,
    log: [
      /Lost task 2\.1 in stage 0\.0 .*\[duplicate 1\]/,
      /Task 2 in stage 0\.0 failed 4 times; aborting job/,
      /^Caused by|^Exception/m,
    ],
  },
  { name: 'exit', args: ['exit', '3'], state: 'FAILED', code: 3, log: [/Invoking stop\(\) from shutdown hook/] },
  { name: 'driver-oom', args: ['driver-oom'], state: 'FAILED', code: 1, log: [/java\.lang\.OutOfMemoryError: Java heap space/] },
];

describe.each(stories)('$name', ({ name, args, spec, state, code, log }) => {
  test(`ends ${state} with exit code ${code}`, async () => {
    await bench.play(name, { ...small, arguments: args, ...spec });
    await ended(name, state);
    const [driver] = podsOf(name, 'driver');
    expect(terminated(driver)).toMatchObject({ exitCode: code });
    const text = await logOf(nameOf(driver ?? {}));
    for (const line of log) expect(text).toMatch(line);
    await vi.waitFor(() => expect(podsOf(name, 'executor')).toEqual([]), settled);
    const services = bench.cluster.api.list('services', 'default').filter((service) => nameOf(service).startsWith(`${name}-`));
    expect(services.map(nameOf)).toEqual([`${name}-ui-svc`]);
  });
});

describe('executors that run out of memory', () => {
  const oom = (memoryOverhead: string) => ({
    ...small,
    arguments: ['executor-oom'],
    executor: { ...small.executor, memoryOverhead, deleteOnTermination: false },
  });

  test('are killed by the kernel where the container has no room beside the heap; the driver gives up with 11', async () => {
    await bench.play('oom-killed', oom('16m'));
    await ended('oom-killed', 'FAILED');
    expect(terminated(podsOf('oom-killed', 'driver')[0])).toMatchObject({ exitCode: 11 });
    const executors = podsOf('oom-killed', 'executor');
    expect(executors.slice(0, 4).map((pod) => terminated(pod))).toEqual(
      Array(4).fill(expect.objectContaining({ exitCode: 137, reason: 'OOMKilled' })),
    );
    expect(executors.map((pod) => labelsOf(pod)['spark-exec-id']).slice(0, 4)).toEqual(['1', '2', '3', '4']);
    const text = await logOf('oom-killed-driver');
    expect(text).toContain('The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM).');
    expect(text).toContain('termination reason: OOMKilled');
    expect(text).toContain('Max number of executor failures (3) reached');
  });

  test('end by themselves where there is room, with 52', async () => {
    await bench.play('oom-heap', oom('384m'));
    await ended('oom-heap', 'FAILED');
    expect(terminated(podsOf('oom-heap', 'executor')[0])).toMatchObject({ exitCode: 52, reason: 'Error' });
    expect(await logOf('oom-heap-driver')).toContain('exit code 52(JVM OOM)');
  });
});

test('a lost executor is replaced, and its work done by the next', async () => {
  await bench.play('lost', { ...small, arguments: ['slow', '2'] });
  await vi.waitFor(async () => expect(await logOf('lost-driver')).toContain('Round 1'), settled);
  const [first] = podsOf('lost', 'executor');
  await bench.ask('DELETE', `/api/v1/namespaces/default/pods/${nameOf(first ?? {})}`);
  await ended('lost', 'COMPLETED');
  const text = await logOf('lost-driver');
  expect(text).toContain('The executor with id 1 was deleted by a user or the framework.');
  expect(text).toMatch(/Registered executor .* with ID 2/);
});

test('a driver that is deleted stops Spark in its shutdown hook and ends with 143', async () => {
  await bench.play('deleted', { ...small, arguments: ['slow', '60'] });
  await vi.waitFor(async () => expect(await logOf('deleted-driver')).toContain('Starting job'), settled);
  const following = await bench.fetch('/api/v1/namespaces/default/pods/deleted-driver/log?follow=true');
  await bench.ask('DELETE', '/api/v1/namespaces/default/pods/deleted-driver');
  const text = await following.text();
  expect(text).toContain('Invoking stop() from shutdown hook');
  expect(text).toContain('Successfully stopped SparkContext');
  await ended('deleted', 'FAILED');
  expect(textOf(at(application('deleted'), 'status', 'applicationState', 'errorMessage'))).toContain('143');
});

test('a job that leaves a thread behind stops Spark and goes on', async () => {
  await bench.play('hang', { ...small, arguments: ['hang'] });
  await vi.waitFor(async () => expect(await logOf('hang-driver')).toContain('Successfully stopped SparkContext'), settled);
  expect(await logOf('hang-driver')).not.toContain('Shutdown hook called');
  expect(stateOf('hang')).toBe('RUNNING');
});

test('executors on a lost node are missed by their heartbeats, and replaced elsewhere', async () => {
  await bench.play('node-lost', { ...small, arguments: ['slow', '3'], executor: { ...small.executor, instances: 4 } });
  await vi.waitFor(async () => expect(await logOf('node-lost-driver')).toContain('Round 1'), settled);
  const nodeOf = (pod: JsonObject | undefined): string => textOf(at(pod, 'spec', 'nodeName'));
  const home = nodeOf(podsOf('node-lost', 'driver')[0]);
  const node =
    podsOf('node-lost', 'executor')
      .map(nodeOf)
      .find((one) => one !== home) ?? '';
  await bench.ask('POST', '/control/nodes/lose', { node });
  await ended('node-lost', 'COMPLETED');
  expect(await logOf('node-lost-driver')).toMatch(/Lost executor \d on .*: Executor heartbeat timed out after 120000 ms/);
  await bench.ask('POST', '/control/nodes/recover', { node });
});

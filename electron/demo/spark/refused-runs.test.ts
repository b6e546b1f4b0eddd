import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, type JsonObject, labelsOf, textOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;
vi.setConfig({ testTimeout: 20_000 });

beforeAll(async () => {
  bench = await openBench({ runMilliseconds: 300 });
});
afterAll(() => bench.cluster.close());

const settled = { timeout: 15_000, interval: 10 };
const executor = { cores: 1, instances: 2, memory: '512m' };
const stateOf = (name: string): string =>
  textOf(at(bench.cluster.api.get('sparkapplications', 'default', name) ?? {}, 'status', 'applicationState', 'state'));
const executorsOf = (name: string): JsonObject[] =>
  bench.cluster.api
    .list('pods', 'default')
    .filter((pod) => labelsOf(pod)['sparkoperator.k8s.io/app-name'] === name && labelsOf(pod)['spark-role'] === 'executor');
const logOf = async (name: string): Promise<string> =>
  (await bench.fetch(`/api/v1/namespaces/default/pods/${name}-driver/log`)).text();
const logged = (name: string, line: string | RegExp) => vi.waitFor(async () => expect(await logOf(name)).toMatch(line), settled);

describe('a driver', () => {
  test('without rights fails at once, and its process ends long after', async () => {
    await bench.ask('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'powerless' } });
    await bench.play('powerless', { arguments: ['pi', '2'], driver: { cores: 1, serviceAccount: 'powerless' }, executor });
    await logged(
      'powerless',
      /^Exception in thread "main" org\.apache\.spark\.SparkException: External scheduler cannot be instantiated$/m,
    );
    const text = await logOf('powerless');
    expect(text).toContain(
      'Failure executing: GET at: https://kubernetes.default.svc/api/v1/namespaces/default/pods/powerless-driver. Message: ' +
        "Forbidden!Configured service account doesn't have access. Service account may have been revoked. " +
        'pods "powerless-driver" is forbidden: User "system:serviceaccount:default:powerless" cannot get resource "pods"',
    );
    expect(text).not.toContain('Shutdown hook called');
    expect(stateOf('powerless')).toBe('RUNNING');
    await vi.waitFor(() => expect(stateOf('powerless')).toBe('FAILED'), settled);
    expect(executorsOf('powerless')).toEqual([]);
  });

  test('whose executors a quota refuses asks again and again, with new numbers', async () => {
    const pods = bench.cluster.api
      .list('pods', 'default')
      .filter((pod) => !/Succeeded|Failed/.test(textOf(at(pod, 'status', 'phase'))));
    const hard = { pods: String(pods.length + 1) };
    await bench.ask('POST', '/api/v1/namespaces/default/resourcequotas', { metadata: { name: 'few' }, spec: { hard } });
    await bench.play('quota', { arguments: ['pi', '2'], executor });
    await logged('quota', /-exec-3" is forbidden: exceeded quota: few/);
    await logged('quota', /Initial job has not accepted any resources/);
    expect(executorsOf('quota')).toEqual([]);
    expect(stateOf('quota')).toBe('RUNNING');
    await bench.ask('DELETE', '/api/v1/namespaces/default/resourcequotas/few');
    await vi.waitFor(() => expect(stateOf('quota')).toBe('COMPLETED'), settled);
  });

  test('whose executors no node has room for waits for them', async () => {
    await bench.play('wide', { arguments: ['pi', '2'], executor: { ...executor, coreRequest: '900' } });
    await logged('wide', /Initial job has not accepted any resources/);
    expect(executorsOf('wide').map((pod) => at(pod, 'status', 'phase'))).toEqual(['Pending', 'Pending']);
  });
});

test('dynamic allocation asks for more while tasks wait, and lets go of the idle', async () => {
  const dynamicAllocation = { enabled: true, initialExecutors: 1, minExecutors: 1, maxExecutors: 3 };
  const sparkConf = { 'spark.dynamicAllocation.executorIdleTimeout': '20s' };
  await bench.play('dynamic', { arguments: ['slow', '4'], dynamicAllocation, sparkConf, executor: { cores: 1, memory: '512m' } });
  await logged('dynamic', /Requesting 1 new executors because tasks are backlogged/);
  await vi.waitFor(() => expect(executorsOf('dynamic').length).toBeGreaterThan(1), settled);
  await vi.waitFor(() => expect(stateOf('dynamic')).toBe('COMPLETED'), settled);
  expect(await logOf('dynamic')).toMatch(/Executors \d removed due to idle timeout/);
  expect(await logOf('dynamic')).not.toMatch(/new desired total will be 4/);
});

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { at, type JsonObject, labelsOf, nameOf, objectOf, textOf } from '../../json.ts';
import { type Bench, openBench } from '../../testing.ts';
import { statesOf } from './status.ts';

const path = '/apis/spark.apache.org/v1/namespaces/default/sparkclusters';
const settled = { timeout: 4000, interval: 5 };

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.cluster.close());

const cluster: JsonObject = {
  apiVersion: 'spark.apache.org/v1',
  kind: 'SparkCluster',
  metadata: { name: 'small' },
  spec: {
    runtimeVersions: { sparkVersion: '4.0.0' },
    clusterTolerations: { instanceConfig: { initWorkers: 2, minWorkers: 2, maxWorkers: 2 } },
    sparkConf: { 'spark.kubernetes.container.image': 'spark' },
  },
};

const running = (): string[] =>
  bench.cluster.api
    .list('pods', 'default')
    .filter((pod) => labelsOf(pod)['spark.operator/spark-cluster-name'] === 'small' && at(pod, 'status', 'phase') === 'Running')
    .map(nameOf);
const complete = ['small-master-0', 'small-worker-0', 'small-worker-1'];

test('a cluster has a master and workers of fixed names, which are replaced, and takes all along', async () => {
  await bench.ask('POST', path, cluster);
  await vi.waitFor(() => expect(running()).toEqual(complete), settled);
  const object = bench.cluster.api.get('sparkclusters.spark.apache.org', 'default', 'small') ?? {};
  const words = statesOf(objectOf(object.status)).map((state) => textOf(state.currentStateSummary));
  expect(words).toEqual(['Submitted', 'RunningHealthy']);
  const services = bench.cluster.api.list('services', 'default').map(nameOf);
  expect(services).toEqual(expect.arrayContaining(['small-master-svc', 'small-worker-svc']));

  const before = bench.cluster.api.get('pods', 'default', 'small-worker-0') ?? {};
  await bench.ask('DELETE', '/api/v1/namespaces/default/pods/small-worker-0');
  const uid = () => at(bench.cluster.api.get('pods', 'default', 'small-worker-0') ?? {}, 'metadata', 'uid');
  await vi.waitFor(() => expect([undefined, at(before, 'metadata', 'uid')]).not.toContain(uid()), settled);
  await vi.waitFor(() => expect(running()).toEqual(complete), settled);

  await bench.ask('DELETE', `${path}/small`);
  await vi.waitFor(() => expect(running()).toEqual([]), settled);
});

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { configMaps, type Kind, services } from '../api/kinds.ts';
import { at, type JsonObject, labelsOf, metadataOf, objectOf, textOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';
import { sparkSubmit } from './submit.ts';
import { bareWorld } from './world.fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ operators: [], runMilliseconds: 300 });
});
afterAll(() => bench.cluster.close());

/** Creates an object over HTTP as a client of the user's own would. */
async function post(plural: string, object: JsonObject, owner?: JsonObject): Promise<JsonObject> {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = metadataOf(object);
  const owned =
    owner === undefined
      ? metadata
      : { ...metadata, ownerReferences: [{ ...ownerOf(object), uid: at(owner, 'metadata', 'uid') }] };
  const { status, body } = await bench.ask('POST', `/api/v1/namespaces/default/${plural}`, { ...object, metadata: owned });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

const ownerOf = (object: JsonObject): JsonObject => {
  const [first] = [metadataOf(object).ownerReferences].flat();
  return objectOf(first);
};

test('a driver that no operator knows runs like any other', async () => {
  const client = bareWorld();
  const { driver } = await sparkSubmit(
    client,
    [
      ...['--master', 'k8s://https://10.0.0.1:6443', '--deploy-mode', 'cluster', '--name', 'report', '--class', 'jobs.Job'],
      ...['--conf', 'spark.kubernetes.container.image=spark:3.5.7', '--num-executors', '2', '--executor-memory', '512m'],
      ...[
        '--conf',
        'spark.kubernetes.authenticate.driver.serviceAccountName=spark',
        'local:///opt/spark/jobs/jobs.jar',
        'pi',
        '6',
      ],
    ],
    { user: 'me' },
  );
  const made = await post('pods', driver);
  const all = (kind: Kind) => client.store.list(kind, 'default');
  for (const service of all(services)) await post('services', service, made);
  for (const map of all(configMaps)) await post('configmaps', map, made);
  const name = textOf(metadataOf(made).name);
  const phase = () => at(bench.cluster.api.get('pods', 'default', name) ?? {}, 'status', 'phase');
  await vi.waitFor(() => expect(phase()).toBe('Succeeded'), { timeout: 10_000, interval: 10 });
  const log = await (await bench.fetch(`/api/v1/namespaces/default/pods/${name}/log`)).text();
  expect(log).toMatch(/Registered executor .* with ID 2/);
  expect(log).toMatch(/^Pi is roughly 3\.1/m);
  await vi.waitFor(() => {
    const left = bench.cluster.api.list('pods', 'default').filter((pod) => labelsOf(pod)['spark-role'] === 'executor');
    expect([left, bench.cluster.api.list('services', 'default')]).toEqual([[], []]);
  });
}, 20_000);

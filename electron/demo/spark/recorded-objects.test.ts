import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configMaps, services } from '../api/kinds.ts';
import { at, isObject, type Json, type JsonObject, listOf, objectOf, parseJson, textOf } from '../json.ts';
import { readDriverSettings } from './driver-settings.ts';
import { executorConfigMap, executorNames, executorPod } from './executor-pod.ts';
import { readProperties } from './properties.ts';
import { sparkSubmit } from './submit.ts';
import { bareWorld } from './world.fixture.ts';

/** Runs of a real operator; they are kept beside the project and not in it. */
const recordings = join(import.meta.dirname, '../../../../shared/data/operator/recordings');
const isHere = existsSync(recordings);

/** The first object of a kind in a recording whose name fits. */
function recorded(folder: string, kind: string, name: RegExp): JsonObject {
  const lines = readFileSync(join(recordings, folder, 'recording.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const found = lines
    .map((line) => objectOf(at(parseJson(line), 'object')))
    .find((object) => object.kind === kind && name.test(textOf(at(object, 'metadata', 'name'))));
  return found ?? {};
}

/** Identifiers that differ from run to run, and what the API server adds, taken out. */
function comparable(value: Json | undefined): Json {
  if (typeof value === 'string') {
    return value
      .replace(/[0-9a-f]{32}/g, '<id>')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
      .replace(/[0-9a-f]{16}/g, '<unique>');
  }
  if (Array.isArray(value)) {
    return value.filter((item) => !/^kube-api-access/.test(textOf(at(item, 'name')))).map(comparable);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]))
    : (value ?? null);
}

test.skipIf(!isHere)('driver, service and ConfigMaps are those of a recorded run', async () => {
  const driver = recorded('completes', 'Pod', /-driver$/);
  const properties = recorded('completes', 'ConfigMap', /^spark-drv-/);
  const conf = readProperties(textOf(at(properties, 'data', 'spark.properties')));
  const given = [...conf].filter(
    ([key]) => !/^spark\.(app\.|driver\.(host|port|blockManager)|jars|submit\.|kubernetes\.(submitIn|resource))/.test(key),
  );
  const template = recorded('completes', 'ConfigMap', /podspec/);
  const world = bareWorld();
  const made = await sparkSubmit(
    world,
    [
      ...['--master', 'k8s://https://127.0.0.1:16443', '--deploy-mode', 'cluster', '--class', 'jobs.Job', '--name', 'completes'],
      ...given.flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
      ...['local:///opt/spark/jobs/jobs.jar', 'pi', '60'],
    ],
    {
      user: 'recorder',
      driverTemplate: {
        metadata: { ownerReferences: at(driver, 'metadata', 'ownerReferences') ?? [] },
        spec: { containers: [{ name: 'spark-kubernetes-driver' }] },
      },
      executorTemplate: objectOf(parse(textOf(at(template, 'data', 'podspec-configmap-key')))),
    },
  );
  const [container] = listOf(at(made.driver, 'spec', 'containers')).map(objectOf);
  const [real] = listOf(at(driver, 'spec', 'containers')).map(objectOf);
  expect(comparable(at(made.driver, 'metadata', 'labels'))).toEqual(comparable(at(driver, 'metadata', 'labels')));
  expect(at(made.driver, 'metadata', 'ownerReferences')).toEqual(at(driver, 'metadata', 'ownerReferences'));
  for (const part of ['name', 'image', 'args', 'ports', 'env', 'resources', 'volumeMounts', 'imagePullPolicy']) {
    expect(comparable(container?.[part]), part).toEqual(comparable(real?.[part]));
  }
  const volumes = (pod: JsonObject) =>
    JSON.parse(JSON.stringify(comparable(at(pod, 'spec', 'volumes'))).replaceAll(',"defaultMode":420', ''));
  expect(volumes(made.driver)).toEqual(volumes(driver));

  const [service] = world.store.list(services, 'rec-completes');
  const realService = recorded('completes', 'Service', /-driver-svc$/);
  for (const part of ['labels', 'name']) {
    expect(comparable(at(service, 'metadata', part)), part).toEqual(comparable(at(realService, 'metadata', part)));
  }
  expect(comparable(at(service, 'spec', 'ports'))).toEqual(at(realService, 'spec', 'ports'));
  expect(comparable(at(service, 'spec', 'selector'))).toEqual(comparable(at(realService, 'spec', 'selector')));

  const maps = world.store.list(configMaps, 'rec-completes');
  expect(maps.map((map) => comparable(at(map, 'metadata', 'name')))).toEqual([
    comparable(at(template, 'metadata', 'name')),
    comparable(at(properties, 'metadata', 'name')),
  ]);
  const keys = (text: Json | undefined) => [...readProperties(textOf(text)).keys()].sort();
  expect(keys(at(maps[1], 'data', 'spark.properties'))).toEqual(keys(at(properties, 'data', 'spark.properties')));
});

test.skipIf(!isHere)('executors and their ConfigMap are those of a recorded run', () => {
  const world = bareWorld();
  const driver = recorded('completes', 'Pod', /-driver$/);
  for (const map of [recorded('completes', 'ConfigMap', /^spark-drv-/), recorded('completes', 'ConfigMap', /podspec/)]) {
    world.store.put(configMaps, map);
  }
  const settings = readDriverSettings(world, driver, 'spark-kubernetes-driver');
  const names = executorNames(settings, world.time.now());
  const real = recorded('completes', 'Pod', /-exec-1$/);
  const made = executorPod(settings, names, 1, { ...driver, status: { podIP: '10.85.1.50' } });
  for (const part of ['name', 'labels', 'ownerReferences']) {
    expect(comparable(at(made, 'metadata', part)), part).toEqual(comparable(at(real, 'metadata', part)));
  }
  expect(comparable(at(made, 'spec', 'hostname'))).toEqual(comparable(at(real, 'spec', 'hostname')));
  const [container, realContainer] = [made, real].map((pod) => objectOf(listOf(at(pod, 'spec', 'containers'))[0]));
  for (const part of ['name', 'image', 'args', 'ports', 'resources', 'volumeMounts', 'imagePullPolicy']) {
    expect(comparable(container?.[part]), part).toEqual(comparable(realContainer?.[part]));
  }
  // The recorded one numbers its Java options as a hash table gave them out.
  const variables = (one: JsonObject | undefined) =>
    listOf(comparable(one?.env))
      .map((variable) => JSON.stringify(variable))
      .sort();
  expect(variables(container)).toEqual(variables(realContainer));

  const map = executorConfigMap(settings, names, world.time.now());
  const realMap = recorded('completes', 'ConfigMap', /^spark-exec-/);
  for (const part of ['name', 'labels', 'ownerReferences']) {
    expect(comparable(at(map, 'metadata', part)), part).toEqual(comparable(at(realMap, 'metadata', part)));
  }
});

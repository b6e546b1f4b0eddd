import { parse } from 'yaml';
import { configMaps } from '../api/kinds.ts';
import { at, isObject, type Json, type JsonObject, labelsOf, listOf, nameOf, namespaceOf, objectOf, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { countOf, type SparkConf, settingOf } from './conf.ts';
import { type JobProgram, programOf } from './jobs.ts';
import { variableOf } from './pod-parts.ts';
import { readProperties } from './properties.ts';

/** What a driver process knows when it starts: all of it is in its pod and in what the pod mounts. */
export interface DriverSettings {
  pod: JsonObject;
  namespace: string;
  conf: SparkConf;
  applicationId: string;
  program: JobProgram;
  /** The jar, Python or R file. */
  resource: string;
  version: string;
  /** Where executors reach it. */
  host: string;
  rpcPort: number;
  uiPort: number;
  scratch: string;
  /** `system:serviceaccount:<namespace>:<name>`. */
  user: string;
  executorTemplate: JsonObject | undefined;
}

/** Reads a container of role driver: its arguments, environment and mounted ConfigMaps. */
export function readDriverSettings(world: Pick<World, 'store'>, pod: JsonObject, containerName: string): DriverSettings {
  const containers = listOf(at(pod, 'spec', 'containers')).filter(isObject);
  const container = containers.find((one) => one.name === containerName) ?? {};
  const args = listOf(container.args).map((argument) => textOf(argument));
  const { given, rest } = optionsOf(args.slice(args[0] === 'driver' ? 1 : 0));
  const [resource = '', ...ofJob] = rest;
  const conf = new Map([...propertiesOf(world, pod), ...given.conf]);
  const name = settingOf(conf, 'spark.app.name') || nameOf(pod);
  const namespace = namespaceOf(pod);
  return {
    pod,
    namespace,
    conf,
    applicationId: settingOf(conf, 'spark.app.id') || textOf(labelsOf(pod)['spark-app-selector']),
    program: programOf(given.mainClass, resource, ofJob, name),
    resource,
    version: textOf(labelsOf(pod)['spark-version']) || '3.5.7',
    host: settingOf(conf, 'spark.driver.host') || textOf(at(pod, 'status', 'podIP')) || nameOf(pod),
    rpcPort: countOf(conf, 'spark.driver.port', 7078),
    uiPort: countOf(conf, 'spark.ui.port', 4040),
    scratch: variableOf(container, 'SPARK_LOCAL_DIRS').split(',')[0] || '/tmp',
    user: `system:serviceaccount:${namespace}:${textOf(at(pod, 'spec', 'serviceAccountName')) || 'default'}`,
    executorTemplate: templateOf(world, pod),
  };
}

function optionsOf(args: readonly string[]): { given: { mainClass: string; conf: Map<string, string> }; rest: string[] } {
  const given = { mainClass: '', conf: new Map<string, string>() };
  let here = 0;
  for (; args[here]?.startsWith('--') === true; here += 2) {
    const value = args[here + 1] ?? '';
    if (args[here] === '--class') given.mainClass = value;
    const [, key = '', setting = ''] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
    if (args[here] === '--conf' && key !== '') given.conf.set(key, setting);
  }
  return { given, rest: args.slice(here) };
}

/** The text under `key` in one of the ConfigMaps that the pod mounts. */
function mounted(world: Pick<World, 'store'>, pod: JsonObject, key: string): string {
  for (const volume of listOf(at(pod, 'spec', 'volumes'))) {
    const map = world.store.get(configMaps, namespaceOf(pod), textOf(at(volume, 'configMap', 'name')));
    const text = textOf(at(map ?? {}, 'data', key));
    if (text !== '') return text;
  }
  return '';
}

const propertiesOf = (world: Pick<World, 'store'>, pod: JsonObject): SparkConf =>
  readProperties(mounted(world, pod, 'spark.properties'));

function templateOf(world: Pick<World, 'store'>, pod: JsonObject): JsonObject | undefined {
  const text = mounted(world, pod, 'podspec-configmap-key');
  if (text === '') return undefined;
  const template: Json = parse(text);
  return objectOf(template);
}

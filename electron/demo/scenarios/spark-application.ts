import { sparkApplications } from '../api/kinds.ts';
import { isObject, type JsonObject, objectOf } from '../json.ts';
import type { Created, Scenario, Stage } from './scenario.ts';

/** Where the demo's image keeps the jobs that behave as their first argument tells. */
const JOBS = 'local:///opt/spark/jobs/jobs.jar';

/** `part` laid over `base`, map by map. */
function overlaid(base: JsonObject, part: JsonObject): JsonObject {
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(part)) {
    const below = merged[key];
    merged[key] = isObject(value) && isObject(below) ? overlaid(below, value) : value;
  }
  return merged;
}

/** A SparkApplication of the Kubeflow operator that runs `job`; `spec` is laid over a small, healthy one. */
export function sparkApplication(namespace: string, name: string, job: string[], spec: JsonObject = {}): JsonObject {
  const healthy: JsonObject = {
    type: 'Scala',
    mode: 'cluster',
    sparkVersion: '3.5.7',
    image: 'spark:3.5.7',
    mainClass: 'jobs.Job',
    mainApplicationFile: JOBS,
    arguments: job,
    restartPolicy: { type: 'Never' },
    // Half a core each, so that a dozen scenarios have room beside one another.
    driver: { cores: 1, coreRequest: '500m', memory: '512m', serviceAccount: 'spark' },
    executor: { instances: 2, cores: 1, coreRequest: '500m', memory: '512m' },
  };
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name, namespace },
    spec: overlaid(healthy, spec),
  };
}

/** Creates one, under a free name. */
export function submitApplication(stage: Stage, stem: string, job: string[], spec: JsonObject = {}): Created {
  const { world, namespace } = stage;
  const name = stage.freeName(stem);
  world.create(sparkApplications, sparkApplication(namespace, name, job, spec));
  return { operator: 'kubeflow', namespace, name };
}

/** A scenario that is one SparkApplication and nothing else. */
export interface ApplicationScenario extends Omit<Scenario, 'play'> {
  name: string;
  job: string[];
  spec?: JsonObject;
}

/** The scenario that creates the application. */
export function ofApplication({ name, job, spec, ...scenario }: ApplicationScenario): Scenario {
  return {
    ...scenario,
    async play(stage) {
      const created = submitApplication(stage, name, job, objectOf(spec));
      return { created: [created], told: `Created ${created.name} in ${created.namespace}.` };
    },
  };
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../yaml/read.ts';
import { builtInKinds } from './index.ts';

const root = join(import.meta.dirname, '../../..');
const validators = new Map(
  builtInKinds.map(({ kind, schema }) => [kind, new Ajv({ strict: false, allErrors: true }).compile(schema)]),
);

/** The paths at which `value` is not what its kind's schema says. */
function faults(value: Record<string, unknown>): string[] {
  const validate = validators.get(String(value.kind));
  if (validate === undefined) throw new Error(`no schema of ${value.kind}`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
    const name = params.missingProperty ?? params.additionalProperty;
    return `${instancePath}${name === undefined ? '' : `/${name}`} ${keyword}`;
  });
}

const read = (file: string) =>
  readDocuments(readFileSync(file, 'utf8').replaceAll('NAMESPACE', 'a').replaceAll('NAME', 'a')).documents;
const templates = join(root, 'resources/templates');
const recorded = join(root, '../shared/data/operator/arguments');

describe('what is right', () => {
  it.each(readdirSync(templates))('template %s', (file) => {
    const spark = read(join(templates, file)).filter((document) => document.value.kind === 'SparkApplication');
    expect(spark).toHaveLength(1);
    for (const document of spark) expect(faults(document.value)).toEqual([]);
  });

  // Applications that the real operator has run; they are not part of the project.
  const cases = existsSync(recorded)
    ? readdirSync(recorded).filter((name) => existsSync(join(recorded, name, 'application.yaml')))
    : [];
  it.skipIf(cases.length === 0)(
    `${cases.length} applications that a real operator has taken (none when ../shared/data is absent)`,
    () => {
      for (const name of cases) {
        for (const document of read(join(recorded, name, 'application.yaml'))) {
          if (document.value.kind === 'SparkApplication') expect([name, ...faults(document.value)]).toEqual([name]);
        }
      }
    },
  );

  it('a schedule', () => {
    const template = { type: 'Scala', sparkVersion: '3.5.7', mainApplicationFile: 'local:///a.jar', driver: {}, executor: {} };
    const schedule = {
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'ScheduledSparkApplication',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', template },
    };
    expect(faults(schedule)).toEqual([]);
    expect(faults({ ...schedule, spec: { schedule: '@hourly', concurrencyPolicy: 'Never' } })).toEqual([
      '/spec/template required',
      '/spec/concurrencyPolicy enum',
    ]);
  });
});

describe('what is wrong', () => {
  const spec = { type: 'Scala', sparkVersion: '3.5.7', mainApplicationFile: 'local:///a.jar', driver: {}, executor: {} };
  const application = (change: Record<string, unknown>) => ({
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name: 'pi' },
    spec: { ...spec, ...change },
  });

  it.each([
    [{}, []],
    [{ foo: 1 }, ['/spec/foo additionalProperties']],
    [{ type: 'Go' }, ['/spec/type enum']],
    [{ sparkVersion: 3.5 }, ['/spec/sparkVersion type']],
    [{ driver: { cores: 0 } }, ['/spec/driver/cores minimum']],
    [{ driver: { core: 1 } }, ['/spec/driver/core additionalProperties']],
    [{ driver: { instances: 1 } }, ['/spec/driver/instances additionalProperties']],
    [{ executor: { instances: 'two' } }, ['/spec/executor/instances type']],
    [{ executor: { memory: '2 GB' } }, ['/spec/executor/memory pattern']],
    [{ sparkConf: { 'spark.ui.port': 4040 } }, ['/spec/sparkConf/spark.ui.port type']],
    [{ volumes: [{ emptyDir: {} }] }, ['/spec/volumes/0/name required']],
    [{ driver: { volumeMounts: [{ name: 'a' }] } }, ['/spec/driver/volumeMounts/0/mountPath required']],
    [{ restartPolicy: { type: 'Sometimes' } }, ['/spec/restartPolicy/type enum']],
    [{ restartPolicy: { onFailureRetryInterval: 0 } }, ['/spec/restartPolicy/onFailureRetryInterval minimum']],
    [{ monitoring: {} }, ['/spec/monitoring/exposeDriverMetrics required', '/spec/monitoring/exposeExecutorMetrics required']],
  ])('%j: %j', (change, expected) => expect(faults(application(change))).toEqual(expected));
});

describe('the words', () => {
  it('say something about every field', () => {
    const silent: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string) => {
      const { properties, items } = schema;
      for (const [name, child] of Object.entries(properties ?? {})) {
        if (typeof child.description !== 'string' || child.description.length < 5) silent.push(`${path}.${name}`);
        walk(child, `${path}.${name}`);
      }
      if (typeof items === 'object' && items !== null) walk({ ...items }, `${path}[]`);
    };
    for (const { kind, schema } of builtInKinds) walk(schema, kind);
    expect(silent).toEqual([]);
  });
});

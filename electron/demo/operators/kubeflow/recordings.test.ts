import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import {
  at,
  type Json,
  type JsonObject,
  labelsOf,
  listOf,
  nameOf,
  namespaceOf,
  objectOf,
  parseJson,
  textOf,
} from '../../json.ts';
import { type Bench, openBench } from '../../testing.ts';
import { latest, observe } from './observer.fixture.ts';
import { type Line, recorded } from './recorded.fixture.ts';
import { stateOf } from './step.ts';

/** Recordings of a real operator; they are kept beside the project and not in it. */
const recordings = join(import.meta.dirname, '../../../../../shared/data/operator/recordings');
const isHere = existsSync(recordings);

/** Real milliseconds that stand for a second there; fast, and slow enough that what a real cluster has apart stays apart. */
const SCALE = 40;
/** Seconds after which an executor that runs has found its driver; before, it may end with 1 when the driver goes. */
const REGISTERED = 8;

interface Scene {
  bench: Bench;
  lines: Line[];
  path: string;
  application: () => JsonObject;
  until(what: () => boolean): Promise<void>;
  /** Seconds of the cluster. */
  pass(seconds: number): Promise<void>;
  /** Until nothing more happens. */
  quiet(): Promise<void>;
  patch(spec: JsonObject): Promise<void>;
}

const running =
  ({ application }: Scene) =>
  () =>
    stateOf(application()) === 'RUNNING' &&
    Object.values(objectOf(at(application(), 'status', 'executorState'))).some((state) => state === 'RUNNING');
const state =
  ({ application }: Scene, wanted: string) =>
  () =>
    stateOf(application()) === wanted;
const gone =
  ({ lines }: Scene, what: (object: JsonObject) => boolean) =>
  () =>
    lines.findLast(({ object }) => what(object))?.type === 'DELETED';
const isDriver = (object: JsonObject): boolean => object.kind === 'Pod' && labelsOf(object)['spark-role'] === 'driver';
const ends = (wanted: string) => async (scene: Scene) => {
  await scene.until(state(scene, wanted));
  await scene.quiet();
};
/** The recording ended 40 seconds after the driver pod came. */
const waits = async (scene: Scene) => {
  await scene.until(() => scene.lines.some(({ object }) => isDriver(object)));
  await scene.pass(40);
};

/** What was done to each application, as its README says. */
const scenarios: Record<string, (scene: Scene) => Promise<void>> = {
  completes: ends('COMPLETED'),
  'fails-retries': ends('FAILED'),
  'submission-fails': ends('FAILED'),
  async 'suspend-resume'(scene) {
    await scene.until(running(scene));
    await scene.pass(REGISTERED);
    await scene.patch({ suspend: true });
    await scene.until(gone(scene, isDriver));
    await scene.pass(10);
    await scene.patch({ suspend: false });
    await ends('COMPLETED')(scene);
  },
  async 'driver-deleted'(scene) {
    await scene.until(running(scene));
    await scene.pass(REGISTERED);
    await scene.bench.ask('DELETE', `/api/v1/namespaces/rec-driver-deleted/pods/driver-deleted-driver`);
    await scene.until(gone(scene, isDriver));
    await ends('FAILED')(scene);
  },
  async 'spec-edit-while-running'(scene) {
    await scene.until(running(scene));
    await scene.pass(REGISTERED);
    await scene.patch({ executor: { instances: 2 } });
    await ends('COMPLETED')(scene);
  },
  unschedulable: waits,
  'image-missing': waits,
  'exit-code-3': ends('FAILED'),
  'task-fail': ends('FAILED'),
  async scheduled(scene) {
    const runs = () => new Set(scene.lines.flatMap(({ object }) => (object.kind === 'SparkApplication' ? [nameOf(object)] : [])));
    await scene.until(() => runs().size === 2);
    await scene.patch({ suspend: true });
    for (const run of runs()) await scene.until(() => stateOf(latest(scene.lines, run)) === 'COMPLETED');
    await scene.quiet();
  },
  async ttl(scene) {
    await scene.until(gone(scene, (object) => object.kind === 'SparkApplication'));
    await scene.quiet();
  },
};

function readRecording(folder: string): Line[] {
  const lines = readFileSync(join(recordings, folder, 'recording.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { object, type } = objectOf(parseJson(line));
    return { type: textOf(type), object: objectOf(object) };
  });
}

/** The application that was recorded, with a job that does not take real seconds. */
function readApplication(folder: string): JsonObject {
  const found: Json = parse(readFileSync(join(recordings, folder, 'application.yaml'), 'utf8'));
  const quick = (spec: JsonObject): JsonObject => {
    const [job = '', ...rest] = listOf(spec.arguments);
    return { ...spec, arguments: [job, ...(job === 'slow' ? ['1'] : rest)] };
  };
  const application = objectOf(found);
  const spec = objectOf(application.spec);
  if (spec.template === undefined) return { ...application, spec: quick(spec) };
  // A minute of a schedule is a minute of the clock, also here.
  return { ...application, spec: { ...spec, schedule: '@every 4s', template: quick(objectOf(spec.template)) } };
}

const plural = (object: JsonObject): string => `${textOf(object.kind).toLowerCase()}s`;

/** Plays a scenario on a demo cluster with the node of the recordings. */
async function play(folder: string, act: (scene: Scene) => Promise<void>): Promise<Line[]> {
  const application = readApplication(folder);
  const namespace = namespaceOf(application);
  const nodes = { millicores: 2000, memory: '8Gi' };
  const bench = await openBench({ namespaces: [namespace], nodes, runMilliseconds: 42 * SCALE, operators: ['kubeflow'] });
  try {
    const lines = await observe(bench, namespace);
    const collection = `/apis/sparkoperator.k8s.io/v1beta2/namespaces/${namespace}/${plural(application)}`;
    const path = `${collection}/${nameOf(application)}`;
    const { status } = await bench.ask('POST', collection, application);
    expect(status).toBe(201);
    await act({
      bench,
      lines,
      path,
      application: () => latest(lines, nameOf(application)),
      until: (what) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 60_000, interval: 5 }),
      pass: bench.cluster.pace,
      async quiet() {
        let count = -1;
        while (count !== lines.length) {
          count = lines.length;
          await bench.cluster.pace(10);
        }
      },
      async patch(spec) {
        await bench.ask('PATCH', path, { spec }, { 'Content-Type': 'application/merge-patch+json' });
      },
    });
    return lines;
  } finally {
    await bench.cluster.close();
  }
}

describe.skipIf(!isHere)(`recordings of the Kubeflow operator${isHere ? '' : ` (skipped: ${recordings} is absent)`}`, () => {
  test.concurrent.each(Object.entries(scenarios))('%s', { timeout: 120_000 }, async (folder, act) => {
    const [seen, was] = [recorded(await play(folder, act)), recorded(readRecording(folder))];
    expect(seen).toEqual(was);
  });
});

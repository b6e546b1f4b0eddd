import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operators } from '../../../../shared/spark/operators/index.ts';
import { applicationRow } from '../../../../shared/spark/row.ts';
import { emptyTimelineState, observeAll, timelineOf } from '../../../../shared/timeline/reduce.ts';
import { at, type JsonObject, labelsOf, nameOf, numberOf } from '../../json.ts';
import { type Bench, openBench } from '../../testing.ts';

const { radanalytics } = operators;
const paths = '/apis/radanalytics.io/v1/namespaces/default';
const settled = { timeout: 4000, interval: 5 };

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.cluster.close());

const application = (name: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'radanalytics.io/v1',
  kind: 'SparkApplication',
  metadata: { name },
  spec: {
    mainApplicationFile: 'local:///jobs.jar',
    mainClass: 'jobs.Job',
    image: 'spark',
    arguments: 'pi 10',
    executor: { instances: 2 },
    ...spec,
  },
});

const cluster = (name: string, workers: number): JsonObject => ({
  apiVersion: 'radanalytics.io/v1',
  kind: 'SparkCluster',
  metadata: { name },
  spec: { customImage: 'spark', worker: { instances: workers, cpu: '500m', memory: '1Gi' }, master: { instances: 1 } },
});

const create = (plural: string, object: JsonObject) => bench.ask('POST', `${paths}/${plural}`, object);
const get = (plural: string, name: string): JsonObject =>
  bench.cluster.api.get(`${plural}.radanalytics.io`, 'default', name) ?? {};
const pods = (): JsonObject[] => bench.cluster.api.list('pods', 'default');
const podsOf = (name: string): JsonObject[] => pods().filter((pod) => radanalytics.ownsPod(get('sparkapplications', name), pod));
const phase = (name: string): string => radanalytics.state(get('sparkapplications', name), podsOf(name)).phase;

describe('an application', () => {
  test('is submitted by a pod, runs, and the product reads it from its driver', async () => {
    await create('sparkapplications', application('pi', {}));
    await vi.waitFor(() => expect(at(get('sparkapplications', 'pi'), 'status', 'state')).toBe('ready'), settled);
    expect(radanalytics.state(get('sparkapplications', 'pi'), [])).toEqual({ phase: 'new', word: 'ready', why: null });
    await vi.waitFor(() => expect(phase('pi')).toBe('running'), settled);
    await vi.waitFor(() => expect(podsOf('pi')).toHaveLength(4), settled);
    // Executors are named after the name that the job gives itself.
    expect(podsOf('pi').map(nameOf).sort()).toEqual([
      expect.stringMatching(/^job-pi-[0-9a-f]{16}-exec-1$/),
      expect.stringMatching(/^job-pi-[0-9a-f]{16}-exec-2$/),
      expect.stringMatching(/^pi-[0-9a-f]{16}-driver$/),
      expect.stringMatching(/^pi-submitter-[a-z0-9]{5}$/),
    ]);
    expect(applicationRow('radanalytics', get('sparkapplications', 'pi'), podsOf('pi'))).toMatchObject({
      name: 'pi',
      state: { phase: 'running', word: 'Running' },
      executors: { total: 2 },
    });
    await vi.waitFor(() => expect(phase('pi')).toBe('succeeded'), settled);
    const object = get('sparkapplications', 'pi');
    expect(radanalytics.endedAt(object, podsOf('pi'))).toBeGreaterThanOrEqual(
      radanalytics.startedAt(object, podsOf('pi')) ?? Infinity,
    );
    const observed = [object, ...podsOf('pi')].map((each) => ({ at: Date.now(), type: 'listed' as const, object: each }));
    const { lanes } = timelineOf(observeAll(emptyTimelineState('radanalytics'), observed));
    expect(lanes.find(({ id }) => id === 'application')?.segments.at(-1)).toMatchObject({
      state: 'Succeeded',
      phase: 'succeeded',
    });
    // The operator's word says nothing of all this.
    expect(at(object, 'status', 'state')).toBe('ready');
  });

  test('that fails is called ready all the same', async () => {
    await create('sparkapplications', application('fails', { arguments: 'fail' }));
    await vi.waitFor(() => expect(phase('fails')).toBe('failed'), settled);
    expect(at(get('sparkapplications', 'fails'), 'status', 'state')).toBe('ready');
    expect(radanalytics.message({}, podsOf('fails'))).toContain('exit 1');
  });

  test('is submitted again when the submitter has slept', async () => {
    await create('sparkapplications', application('again', { sleep: 1 }));
    const drivers = () => podsOf('again').filter((pod) => labelsOf(pod)['spark-role'] === 'driver');
    await vi.waitFor(() => expect(drivers().length).toBeGreaterThan(1), settled);
    await bench.ask('DELETE', `${paths}/sparkapplications/again`);
    await vi.waitFor(() => expect(pods().filter((pod) => nameOf(pod).includes('again'))).toEqual([]), settled);
  });

  test('keeps its submitter, and loses all when it is deleted', async () => {
    await create('sparkapplications', application('hangs', { arguments: 'hang' }));
    await vi.waitFor(() => expect(phase('hangs')).toBe('running'), settled);
    const named = (part: RegExp) =>
      podsOf('hangs')
        .map(nameOf)
        .filter((name) => part.test(name));
    const [first = ''] = named(/submitter/);
    await bench.ask('DELETE', `/api/v1/namespaces/default/pods/${first}?gracePeriodSeconds=0`);
    await vi.waitFor(() => expect(named(/submitter/)).toEqual([expect.not.stringContaining(first)]), settled);
    await vi.waitFor(() => expect(named(/driver/)).toHaveLength(2), settled);
    await bench.ask('DELETE', `${paths}/sparkapplications/hangs`);
    await vi.waitFor(
      () =>
        expect(
          pods()
            .map(nameOf)
            .filter((name) => name.includes('hang')),
        ).toEqual([]),
      settled,
    );
  });
});

test('a cluster has a master, workers and services, and is scaled', async () => {
  await create('sparkclusters', cluster('small', 2));
  const running = () =>
    pods()
      .filter((pod) => labelsOf(pod)['radanalytics.io/SparkCluster'] === 'small' && at(pod, 'status', 'phase') === 'Running')
      .map((pod) => String(labelsOf(pod)['radanalytics.io/deployment']));
  await vi.waitFor(() => expect(running()).toEqual(['small-m', 'small-w', 'small-w']), settled);
  const services = bench.cluster.api.list('services', 'default').filter((service) => nameOf(service).startsWith('small'));
  expect(services.map(nameOf)).toEqual(['small', 'small-ui']);
  const path = `${paths}/sparkclusters/small`;
  const type = { 'Content-Type': 'application/merge-patch+json' };
  await bench.ask('PATCH', path, { spec: { worker: { instances: 1 } } }, type);
  await vi.waitFor(() => expect(running()).toEqual(['small-m', 'small-w']), settled);
  expect(get('sparkclusters', 'small').status).toMatchObject({ state: 'scaled' });
  expect(numberOf(at(get('sparkclusters', 'small'), 'spec', 'worker', 'instances'), 0)).toBe(1);
  await bench.ask('DELETE', path);
  await vi.waitFor(() => expect(running()).toEqual([]), settled);
});

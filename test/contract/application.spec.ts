import { get } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { applicationGroup, applicationsPath, apply, corePath, type KubeObject, readList, removeNow } from './objects.ts';
import { drivers, executors, followRun, isEnded, job, type Run, reasonsAbout, withoutRepetition } from './runs.ts';
import { openTarget, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('pi');
const path = `${applicationsPath(namespace)}/${name}`;
const labelSelector = `${applicationGroup}/app-name=${name}`;
const minutes = 60_000;

let target: Target;
let run: Run;
let ui: { jobs: Answer; root: Answer; version: Answer } | null = null;
let finished: KubeObject | null = null;

beforeAll(async () => {
  target = await openTarget(4000);
  await play();
}, 4 * minutes);

afterAll(async () => {
  if (run !== undefined) await run.stop();
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

/** Runs the application once and notes what a list and watch sees of it. */
async function play(): Promise<void> {
  run = await followRun(target, namespace, name);
  await apply(target.admin, path, job(namespace, name, ['pi', '200']));
  const looking = seeUi();
  finished = await run.seen('ends', 200, isEnded);
  await looking;
  await run.stop();
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One request to the driver's UI through the API server. */
async function ask(where: string): Promise<Answer> {
  const signal = AbortSignal.timeout(10_000);
  const stream: Duplex = await openTunnel(target.admin, { namespace, pod: `${name}-driver`, port: 4040 }, signal);
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    const options = { createConnection: () => stream, path: where, host: 'localhost', port: 4040 } as const;
    get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on('error', reject);
    }).on('error', reject);
  });
}

async function seeUi(): Promise<void> {
  await until('the Spark UI answers', 120, async () => {
    if (/COMPLETED|FAILED/.test(run.states.at(-1) ?? '')) throw new Error('the application ended before its UI was seen');
    const version = await ask('/api/v1/version').catch(() => null);
    // Until its pages are attached, a driver answers every path with a sentence and 200, or with a page of its own.
    if (version === null || !String(version.headers['content-type']).includes('json')) return null;
    ui = { version, root: await ask('/'), jobs: await ask('/jobs/') };
    return true;
  });
}

test('walks through its states in order', () => {
  expect(withoutRepetition(run.states)).toEqual(['', 'SUBMITTED', 'RUNNING', 'SUCCEEDING', 'COMPLETED']);
});

test('has a driver before it says so, and executors while it runs', () => {
  const position = (what: string): number => run.order.indexOf(what);
  expect(position('driver added')).toBeGreaterThanOrEqual(0);
  expect(position('driver added')).toBeLessThan(position('RUNNING'));
  expect(position('executor added')).toBeGreaterThan(position('driver added'));
  expect(position('executor added')).toBeLessThan(position('SUCCEEDING'));
});

test('is told SUBMITTED twice: the second time with its UI service', () => {
  expect(run.states.filter((state) => state === 'SUBMITTED').length).toBeGreaterThanOrEqual(2);
  expect(finished?.status).toMatchObject({
    driverInfo: { podName: `${name}-driver`, webUIServiceName: `${name}-ui-svc`, webUIPort: 4040 },
    executionAttempts: 1,
    submissionAttempts: 1,
    sparkApplicationId: expect.stringMatching(/^spark-[0-9a-f]{32}$/),
    submissionID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    terminationTime: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('its driver carries the labels and the owner that tie it to the application', () => {
  const driver = drivers(run)[0];
  const submission = finished?.status?.submissionID;
  expect(driver?.metadata.labels).toMatchObject({
    'spark-role': 'driver',
    'spark-app-name': name,
    'spark-app-selector': finished?.status?.sparkApplicationId,
    'spark-version': '3.5.7',
    [`${applicationGroup}/app-name`]: name,
    [`${applicationGroup}/launched-by-spark-operator`]: 'true',
    [`${applicationGroup}/submission-id`]: submission,
    team: 'contract',
  });
  expect(driver?.metadata.ownerReferences).toMatchObject([
    { kind: 'SparkApplication', name, uid: finished?.metadata.uid, controller: true },
  ]);
});

test('its executor is named after the job and owned by both', () => {
  const executor = executors(run)[0];
  expect(executor?.metadata.name).toMatch(/^job-pi-[0-9a-f]{16}-exec-1$/);
  expect(executor?.metadata.labels).toMatchObject({ 'spark-exec-id': '1', 'spark-app-name': 'job-pi' });
  const owners = executor?.metadata.ownerReferences ?? [];
  expect(owners.map((owner) => [owner.kind, owner.controller ?? false]).sort()).toEqual([
    ['Pod', true],
    ['SparkApplication', false],
  ]);
  const ended: unknown = finished?.status?.executorState;
  expect(Object.keys(ended ?? {})).toEqual([executor?.metadata.name]);
});

test('its services are the UI and the headless one of the driver', () => {
  const services = new Map([...run.services.values()].map((service) => [service.metadata.name, service]));
  const names = [...services.keys()].sort();
  expect(names).toHaveLength(2);
  expect(names).toContain(`${name}-ui-svc`);
  const headless = names.find((service) => service !== `${name}-ui-svc`) ?? '';
  expect(headless).toMatch(new RegExp(`^${name}-[0-9a-f]{16}-driver-svc$`));
  expect(services.get(headless)?.spec).toMatchObject({ clusterIP: 'None' });
});

test('its events tell the story with the reasons of the operator', async () => {
  const reasons = await run.reasons();
  for (const reason of [
    'SparkApplicationSubmitted',
    'SparkDriverRunning',
    'SparkExecutorPending',
    'SparkExecutorRunning',
    'SparkDriverCompleted',
  ]) {
    expect(reasons).toContain(reason);
  }
  expect(reasons).not.toContain('SparkApplicationCompleted');
  const podReasons = await reasonsAbout(target, namespace, 'Pod', `${name}-driver`);
  expect(podReasons).toEqual(expect.arrayContaining(['Scheduled', 'Pulled', 'Created', 'Started']));
});

test('its driver log holds the result', async () => {
  const log = await target.admin.request({ method: 'GET', path: `${corePath(namespace, 'pods')}/${name}-driver/log` });
  expect(log.body).toMatch(/^Pi is roughly 3\.\d+$/m);
  expect(log.body).toContain('Successfully stopped SparkContext');
});

test('its UI was reached through the API server while it ran', () => {
  expect(JSON.parse(ui?.version.body ?? '{}')).toEqual({ spark: '3.5.7' });
  expect(ui?.root.status).toBe(302);
  expect(ui?.root.headers.location).toMatch(/^http:\/\/localhost:4040\/jobs\/$/);
  expect(ui?.jobs.status).toBe(200);
  expect(ui?.jobs.headers['x-frame-options']).toBe('SAMEORIGIN');
  expect(ui?.jobs.body).toMatch(/<title>job-pi - Spark Jobs<\/title>/);
  expect(ui?.jobs.body).toContain('href="/jobs/"');
});

test(
  'what it made goes with it',
  async () => {
    await removeNow(target.admin, path);
    await until('no pods and no services are left', 45, async () => {
      const left = await target.admin.request({ method: 'GET', path: corePath(namespace, 'pods'), query: { labelSelector } });
      const { body } = await target.admin.request({
        method: 'GET',
        path: corePath(namespace, 'services'),
        query: { labelSelector },
      });
      return readList(left.body).items.length + readList(body).items.length === 0 ? true : null;
    });
  },
  minutes,
);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationGroup, applicationsPath, apply, corePath, type KubeObject, readList, removeNow } from './objects.ts';
import { drivers, executors, followRun, isEnded, job, type Run, stateOf, withoutRepetition } from './runs.ts';
import { openTarget, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('suspend');
const path = `${applicationsPath(namespace)}/${name}`;
const minutes = 60_000;

let target: Target;
let run: Run;
let suspended: KubeObject;
let finished: KubeObject;
let reasons: string[];
let left: string[];

async function setSuspend(suspend: boolean): Promise<void> {
  const contentType = 'application/merge-patch+json';
  await target.admin.request({ method: 'PATCH', path, body: JSON.stringify({ spec: { suspend } }), contentType });
}

const hasRunningExecutor = (application: KubeObject): boolean =>
  stateOf(application) === 'RUNNING' && Object.values(application.status?.executorState ?? {}).includes('RUNNING');

async function podsNow(): Promise<string[]> {
  const query = { labelSelector: `${applicationGroup}/app-name=${name}` };
  const { body } = await target.admin.request({ method: 'GET', path: corePath(namespace, 'pods'), query });
  return readList(body).items.map((pod) => pod.metadata.name);
}

beforeAll(async () => {
  target = await openTarget(4000);
  run = await followRun(target, namespace, name);
  // The job works so many real seconds on either cluster; a real one needs some to notice.
  await apply(target.admin, path, job(namespace, name, ['slow', target.demo === null ? '20' : '2']));
  await run.seen('has an executor', 120, hasRunningExecutor);
  await setSuspend(true);
  suspended = await run.seen('is suspended', 30, (application) => stateOf(application) === 'SUSPENDED');
  await until('its pods are gone', 60, async () => ((await podsNow()).length === 0 ? true : null));
  const { body } = await target.admin.request({ method: 'GET', path: corePath(namespace, 'services') });
  left = readList(body).items.flatMap(({ metadata }) => (metadata.name.startsWith(name) ? [metadata.name] : []));
  await setSuspend(false);
  finished = await run.seen('completes', 180, isEnded);
  // The operator can see the end of the driver's container before its pod changes phase.
  await until('the last driver has ended', 20, () => (drivers(run).at(-1)?.status?.phase === 'Running' ? null : true));
  reasons = await run.reasons();
  await run.stop();
}, 5 * minutes);

afterAll(async () => {
  if (run !== undefined) await run.stop();
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

test('walks to SUSPENDED and through all states again when it is resumed', () => {
  expect(withoutRepetition(run.states)).toEqual([
    ...['', 'SUBMITTED', 'RUNNING', 'SUSPENDING', 'SUSPENDED'],
    ...['RESUMING', 'SUBMITTED', 'RUNNING', 'SUCCEEDING', 'COMPLETED'],
  ]);
});

test('suspended, it has no pods and no services, and a status that says so', () => {
  expect(left).toEqual([]);
  expect(suspended.status).toMatchObject({ executionAttempts: 1, submissionAttempts: 1, driverInfo: {} });
  expect(suspended.status).not.toHaveProperty('executorState');
  expect(suspended.status).not.toHaveProperty('sparkApplicationId');
});

test('resumed, it is another submission, and both count', () => {
  expect(finished.status).toMatchObject({ executionAttempts: 2, submissionAttempts: 2 });
  expect(finished.status?.submissionID).not.toBe(suspended.status?.submissionID);
  const submissions = drivers(run).map((pod) => pod.metadata.labels?.[`${applicationGroup}/submission-id`]);
  expect(submissions).toEqual([suspended.status?.submissionID, finished.status?.submissionID]);
});

test('its first driver was stopped, its second one ended by itself', () => {
  expect(drivers(run).map((pod) => pod.status?.phase)).toEqual(['Failed', 'Succeeded']);
  expect(JSON.stringify(drivers(run)[0]?.status)).toContain('"exitCode":143');
  expect(executors(run)).toHaveLength(2);
});

test('the services of the second run have the names of the first', () => {
  const names = [...run.services.values()].map((service) => service.metadata.name);
  expect(names.filter((service) => service === `${name}-ui-svc`)).toHaveLength(2);
  expect(new Set(names.filter((service) => service.endsWith('-driver-svc'))).size).toBe(2);
});

test('its events tell both ways; no driver is said to have failed', () => {
  for (const reason of ['SparkApplicationSuspending', 'SparkApplicationSuspended', 'SparkApplicationResuming']) {
    expect(reasons).toContain(reason);
  }
  expect(reasons.filter((reason) => reason === 'SparkApplicationSubmitted')).toHaveLength(2);
  expect(reasons).toContain('SparkDriverCompleted');
  // How often SparkApplicationSuspended is told depends on how many passes found it suspended.
  expect(reasons).not.toContain('SparkDriverFailed');
});

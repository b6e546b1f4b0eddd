import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationGroup, applicationsPath, apply, type KubeObject, removeNow } from './objects.ts';
import { drivers, executors, followRun, isEnded, job, type Run, stateOf, withoutRepetition } from './runs.ts';
import { openTarget, type Target, unique } from './target.ts';

const namespace = 'default';
const name = unique('retries');
const path = `${applicationsPath(namespace)}/${name}`;
const minutes = 60_000;

let target: Target;
let run: Run;
let finished: KubeObject;
let reasons: string[];

beforeAll(async () => {
  target = await openTarget(4000);
  run = await followRun(target, namespace, name);
  const restartPolicy = { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 5 };
  await apply(target.admin, path, job(namespace, name, ['fail'], { restartPolicy }));
  finished = await run.seen('fails for good', 230, isEnded);
  reasons = await run.reasons();
  await run.stop();
}, 4 * minutes);

afterAll(async () => {
  if (run !== undefined) await run.stop();
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

test('one retry makes two runs, each with all its states', () => {
  const once = ['SUBMITTED', 'RUNNING', 'FAILING'];
  expect(withoutRepetition(run.states)).toEqual(['', ...once, 'PENDING_RERUN', ...once, 'FAILED']);
});

test('both are counted, and the last failure is told', () => {
  expect(finished.status).toMatchObject({
    executionAttempts: 2,
    submissionAttempts: 2,
    applicationState: { state: 'FAILED', errorMessage: 'driver container failed with ExitCode: 1, Reason: Error' },
    terminationTime: expect.stringMatching(/Z$/),
  });
});

test('between them nothing of the first run is left in the status', () => {
  const pending = run.versions.find((version) => stateOf(version) === 'PENDING_RERUN');
  expect(pending?.status).toMatchObject({ executionAttempts: 1, submissionAttempts: 1, driverInfo: {} });
  expect(pending?.status).not.toHaveProperty('executorState');
  expect(pending?.status).not.toHaveProperty('sparkApplicationId');
  expect(pending?.status?.terminationTime ?? null).toBeNull();
});

test('each run has a driver of the same name with a submission of its own', () => {
  expect(drivers(run).map((pod) => pod.metadata.name)).toEqual([`${name}-driver`, `${name}-driver`]);
  const submissions = drivers(run).map((pod) => pod.metadata.labels?.[`${applicationGroup}/submission-id`]);
  expect(new Set(submissions).size).toBe(2);
  expect(submissions.at(-1)).toBe(finished.status?.submissionID);
  expect(new Set(drivers(run).map((pod) => pod.metadata.labels?.['spark-app-selector'])).size).toBe(2);
  for (const driver of drivers(run)) expect(driver.metadata.labels).toMatchObject({ 'spark-role': 'driver', team: 'contract' });
});

test('each run has an executor, and only the last one’s is in the status', () => {
  expect(executors(run)).toHaveLength(2);
  const last = executors(run).at(-1)?.metadata.name;
  expect(Object.keys(finished.status?.executorState ?? {})).toEqual([last]);
});

test('each run has its two services', () => {
  const names = [...run.services.values()].map((service) => service.metadata.name);
  expect(names.filter((service) => service === `${name}-ui-svc`)).toHaveLength(2);
  const headless = names.filter((service) => /-[0-9a-f]{16}-driver-svc$/.test(service));
  expect(new Set(headless).size).toBe(2);
});

test('its events are counted up, and none says that the application failed', () => {
  const count = (reason: string): number => reasons.filter((one) => one === reason).length;
  expect(count('SparkApplicationSubmitted')).toBe(2);
  expect(count('SparkDriverRunning')).toBe(2);
  expect(count('SparkDriverFailed')).toBe(2);
  expect(count('SparkApplicationPendingRerun')).toBe(1);
  // That one follows a refused submission only.
  expect(reasons).not.toContain('SparkApplicationFailed');
});

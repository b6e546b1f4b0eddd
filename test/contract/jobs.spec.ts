import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ownNamespace, readList } from './objects.ts';
import { container, podsIn } from './pod-objects.ts';
import { failureOf, openTarget, type Target, until } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;
let pods: ReturnType<typeof podsIn>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
  pods = podsIn(target.admin, own.namespace);
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const patient = { timeout: 120_000 };
const jobs = (): string => `/apis/batch/v1/namespaces/${own.namespace}/jobs`;
const jobSchema = z.looseObject({
  status: z.looseObject({
    active: z.number().optional(),
    succeeded: z.number().optional(),
    failed: z.number().optional(),
    conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string() })).default([]),
  }),
});
type Status = z.infer<typeof jobSchema>['status'];

function run(name: string, script: string, spec: Record<string, unknown> = {}) {
  const template = {
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container('main', script)] },
  };
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template, ...spec } };
  return target.admin.request({ method: 'POST', path: jobs(), body });
}

const statusOf = async (name: string): Promise<Status> =>
  jobSchema.parse((await target.admin.request({ method: 'GET', path: `${jobs()}/${name}` })).body).status;
const once = (name: string, what: string, look: (status: Status) => boolean): Promise<Status> =>
  until(`${name} ${what}`, 80, async () => {
    const status = await statusOf(name);
    return look(status) ? status : null;
  });
const types = ({ conditions }: Status): string[] => conditions.filter(({ status }) => status === 'True').map(({ type }) => type);
const podsOf = async (name: string) => {
  const query = { labelSelector: `batch.kubernetes.io/job-name=${name}` };
  return readList((await target.admin.request({ method: 'GET', path: pods.path, query })).body).items;
};
const told = async (name: string): Promise<string[]> => (await pods.events(name)).map(({ reason }) => reason);

test('a Job runs so many pods at a time until enough have succeeded', patient, async () => {
  await run('good', 'sleep 1', { completions: 3, parallelism: 2 });
  const two = await once('good', 'has two', ({ active }) => active === 2);
  expect(two.succeeded).toBeUndefined();
  const status = await once('good', 'is complete', (found) => types(found).includes('Complete'));
  expect(status).toMatchObject({ succeeded: 3, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
  expect(types(status)).toEqual(['SuccessCriteriaMet', 'Complete']);
  const made = await podsOf('good');
  expect(made).toHaveLength(3);
  for (const pod of made) {
    expect(pod.metadata.name).toMatch(/^good-[a-z0-9]{5}$/);
    expect(pod.metadata.labels).toMatchObject({ 'job-name': 'good', 'batch.kubernetes.io/job-name': 'good' });
    expect(pod.metadata.ownerReferences).toMatchObject([{ kind: 'Job', name: 'good', controller: true }]);
  }
  await expect.poll(() => told('good'), { timeout: 10_000 }).toContain('Completed');
  expect((await told('good')).filter((reason) => reason === 'SuccessfulCreate')).toHaveLength(3);
});

test('a Job whose pods fail too often fails', patient, async () => {
  await run('bad', 'exit 1', { backoffLimit: 1 });
  const status = await once('bad', 'fails', (found) => types(found).includes('Failed'));
  expect(status.failed).toBe(2);
  expect(status.conditions).toMatchObject([
    { type: 'FailureTarget', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' },
    { type: 'Failed', reason: 'BackoffLimitExceeded' },
  ]);
  await expect.poll(() => told('bad'), { timeout: 10_000 }).toContain('BackoffLimitExceeded');
});

test('a Job that takes too long is ended', patient, async () => {
  await run('late', 'sleep 300', { activeDeadlineSeconds: 4 });
  const status = await once('late', 'fails', (found) => types(found).includes('Failed'));
  expect(status.conditions[0]).toMatchObject({
    reason: 'DeadlineExceeded',
    message: 'Job was active longer than specified deadline',
  });
  await expect
    .poll(() => told('late'), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(['SuccessfulDelete', 'DeadlineExceeded']));
  await until('its pod is gone', 30, async () => ((await podsOf('late')).length === 0 ? true : null));
});

test('a suspended Job has no pods until it is resumed', patient, async () => {
  await run('asleep', 'sleep 300', { suspend: true });
  const status = await once('asleep', 'is suspended', (found) => types(found).includes('Suspended'));
  expect(status.conditions[0]).toMatchObject({ reason: 'JobSuspended', message: 'Job suspended' });
  expect(await podsOf('asleep')).toEqual([]);
  const patch = { method: 'PATCH', path: `${jobs()}/asleep`, contentType: 'application/merge-patch+json' } as const;
  await target.admin.request({ ...patch, body: { spec: { suspend: false } } });
  const awake = await once('asleep', 'runs', ({ active }) => active === 1);
  expect(awake.conditions[0]).toMatchObject({ type: 'Suspended', status: 'False', reason: 'JobResumed' });
  await target.admin.request({ ...patch, body: { spec: { suspend: true } } });
  await until('its pod is gone', 30, async () => ((await podsOf('asleep')).length === 0 ? true : null));
  expect(await told('asleep')).toEqual(expect.arrayContaining(['Suspended', 'SuccessfulCreate', 'Resumed', 'SuccessfulDelete']));
});

test('a Job with a time to live goes with its pods when that is over', patient, async () => {
  await run('brief', 'exit 0', { ttlSecondsAfterFinished: 1 });
  const look = () => failureOf(target.admin.request({ method: 'GET', path: `${jobs()}/brief` })).catch(() => null);
  expect((await until('brief is gone', 60, look)).code).toBe('not-found');
  await until('its pod is gone', 30, async () => ((await podsOf('brief')).length === 0 ? true : null));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationGroup, applicationsPath, apply, type KubeObject, readList, readObject, removeNow } from './objects.ts';
import { follow, jobSpec, reasonsAbout, stateOf } from './runs.ts';
import { openTarget, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('cron');
const collection = `/apis/${applicationGroup}/v1beta2/namespaces/${namespace}/scheduledsparkapplications`;
const path = `${collection}/${name}`;
const minutes = 60_000;

let target: Target;
/** Every version of the schedule in order, and of each of its runs. */
const versions: KubeObject[] = [];
const runs = new Map<string, KubeObject[]>();
/** States of the earlier runs at the moment another one came. */
const statesAtStart: string[][] = [];
let reasons: string[];
const stops: (() => Promise<void>)[] = [];

function schedule(more: Record<string, unknown>): Record<string, unknown> {
  return {
    apiVersion: `${applicationGroup}/v1beta2`,
    kind: 'ScheduledSparkApplication',
    metadata: { name, namespace, labels: { team: 'contract' } },
    spec: { schedule: '@every 5s', concurrencyPolicy: 'Forbid', template: jobSpec(['pi', '5']), ...more },
  };
}

const lastRunOf = (version: KubeObject | undefined): string => String(version?.status?.lastRunName ?? '');
const first = (): string => [...runs.keys()][0] ?? '';
const last = (name: string): KubeObject => runs.get(name)?.at(-1) ?? { metadata: { name } };

async function followSchedule(): Promise<void> {
  const labelSelector = `${applicationGroup}/scheduled-app-name=${name}`;
  stops.push(
    await follow(target, collection, { fieldSelector: `metadata.name=${name}` }, (_, object) => versions.push(object)),
    await follow(target, applicationsPath(namespace), { labelSelector }, (frame, run) => {
      if (frame.type === 'ADDED') statesAtStart.push([...runs.keys()].map((earlier) => stateOf(last(earlier))));
      runs.set(run.metadata.name, [...(runs.get(run.metadata.name) ?? []), run]);
    }),
  );
}

beforeAll(async () => {
  target = await openTarget(1500);
  await followSchedule();
  await apply(target.admin, path, schedule({}));
  await until('a second run starts', 200, () => (runs.size > 1 && lastRunOf(versions.at(-1)) !== first() ? true : null));
  await apply(target.admin, path, schedule({ suspend: true }));
  reasons = await reasonsAbout(target, namespace, 'ScheduledSparkApplication', name);
}, 5 * minutes);

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

test('before the first run it says when that will be', () => {
  const waiting = versions.find((version) => version.status !== undefined);
  expect(waiting?.status).toMatchObject({ scheduleState: 'Scheduled', nextRun: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(waiting?.status?.lastRun ?? null).toBeNull();
});

test('a run is named after the schedule and the nanosecond, and belongs to it without being controlled', () => {
  expect([...runs.keys()].slice(0, 2)).toEqual([...new Set(versions.map(lastRunOf))].filter((run) => run !== ''));
  for (const [run] of runs.values()) {
    expect(run?.metadata.name).toMatch(new RegExp(`^${name}-\\d{19}$`));
    expect(run?.metadata.labels).toEqual({ team: 'contract', [`${applicationGroup}/scheduled-app-name`]: name });
    const uid = versions[0]?.metadata.uid;
    expect(run?.metadata.ownerReferences).toMatchObject([{ kind: 'ScheduledSparkApplication', name, uid }]);
    expect(run?.metadata.ownerReferences?.[0]?.controller ?? false).toBe(false);
    expect(run?.spec).toMatchObject({ arguments: ['pi', '5'], mainClass: 'jobs.Job' });
  }
});

test('with Forbid the next run waits for the end of the last', () => {
  expect(statesAtStart.slice(0, 2)).toEqual([[], ['COMPLETED']]);
});

test('a run that succeeded is remembered when the next one starts, and not before', () => {
  const during = versions.filter((version) => lastRunOf(version) === first());
  expect(during.length).toBeGreaterThan(0);
  for (const { status } of during) expect(status?.pastSuccessfulRunNames ?? []).toEqual([]);
  const after = versions.find((version) => !['', first()].includes(lastRunOf(version)));
  expect(after?.status?.pastSuccessfulRunNames).toEqual([first()]);
});

test('it has no events', () => {
  expect(reasons).toEqual([]);
});

test('its runs go with it', async () => {
  await removeNow(target.admin, path);
  const query = { labelSelector: `${applicationGroup}/scheduled-app-name=${name}` };
  await until('no runs are left', 45, async () => {
    const { body } = await target.admin.request({ method: 'GET', path: applicationsPath(namespace), query });
    return readList(body).items.length === 0 ? true : null;
  });
});

test('an expression that is none is told once and for all', async () => {
  const bad = `${collection}/${name}-bad`;
  const body = { ...schedule({ schedule: 'every minute' }), metadata: { name: `${name}-bad`, namespace } };
  await apply(target.admin, bad, body);
  const found = await until('validation fails', 20, async () => {
    const { body: answer } = await target.admin.request({ method: 'GET', path: bad });
    const { status } = readObject(answer);
    return status?.scheduleState === 'FailedValidation' ? status : null;
  });
  expect(String(found.reason)).not.toBe('');
  expect(found.nextRun ?? null).toBeNull();
  await removeNow(target.admin, bad);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApplicationLog, openApplicationLog } from '../../electron/logs/application-log.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { createWatchCaches, type WatchCaches } from '../../electron/watch/index.ts';
import { applicationsPath, apply, corePath, removeNow } from './objects.ts';
import { job } from './runs.ts';
import { openTarget, quiet, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('logs');
const path = `${applicationsPath(namespace)}/${name}`;
const minutes = 60_000;

let target: Target;
let caches: WatchCaches;
let log: ApplicationLog;
let driverLog = '';

beforeAll(async () => {
  target = await openTarget(6000);
  const { clusters, context, admin } = target;
  caches = createWatchCaches({ clusters, clock: systemClock, random: Math.random, log: quiet });
  const reference = { context, operator: 'kubeflow', namespace, name } as const;
  log = openApplicationLog({ clusters, caches, clock: systemClock, random: Math.random }, reference, () => undefined);
  await apply(admin, path, job(namespace, name, ['pi', '200']));
  await until('driver and executor have ended', 200, () => {
    const sources = log.sources();
    const roles = new Set(sources.map(({ role }) => role));
    return roles.size === 2 && sources.every(({ state }) => state.state === 'ended') ? true : null;
  });
  const { body } = await admin.request({ method: 'GET', path: `${corePath(namespace, 'pods')}/${name}-driver/log` });
  driverLog = String(body);
}, 4 * minutes);

afterAll(async () => {
  log?.close();
  caches?.close();
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

const linesOf = (number: number) =>
  log.book
    .pages()
    .flat()
    .filter(({ source }) => source === number);

test('the log of the driver is all of it, once', () => {
  const driver = log.sources().find(({ role }) => role === 'driver');
  const lines = linesOf(driver?.number ?? -1).map(({ text }) => text);
  expect(lines).toEqual(driverLog.replace(/\n$/, '').split('\n'));
  expect(lines.filter((text) => /^Pi is roughly 3/.test(text))).toHaveLength(1);
  expect(driver).toMatchObject({ pod: `${name}-driver`, attempt: 1, restart: 0, main: true, state: { reason: 'over' } });
});

test('the executors are there, though their pods are not any more', () => {
  const executors = log.sources().filter(({ role }) => role === 'executor');
  expect(executors.length).toBeGreaterThan(0);
  for (const { number, executor } of executors) {
    expect(executor).toMatch(/^\d+$/);
    expect(linesOf(number).some(({ text }) => /Executor|CoarseGrained/.test(text))).toBe(true);
  }
});

test('all of it is in the order of time, with levels', () => {
  const lines = log.book.pages().flat();
  expect(lines.every(({ at }, index) => at >= (lines[index - 1]?.at ?? 0))).toBe(true);
  expect(lines.some(({ level }) => level === 'info')).toBe(true);
});

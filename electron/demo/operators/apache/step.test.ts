import { describe, expect, test } from 'vitest';
import { at, type JsonObject, objectOf, textOf } from '../../json.ts';
import { appended, initialStatus, messageOf, type NewState, statesOf, wordOf } from './status.ts';
import { type Action, FINALIZER, type Seen, step } from './step.ts';
import type { Word } from './words.ts';

const now = '2026-01-02T03:04:05.000000Z';

function application(word: Word | '', tolerations: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const submitted = initialStatus(now);
  const status = word === '' ? undefined : word === 'Submitted' ? submitted : appended(submitted, { word, message: '' }, now);
  return {
    metadata: { name: 'pi', namespace: 'default', finalizers: [FINALIZER] },
    spec: { applicationTolerations: tolerations, ...more },
    ...(status === undefined ? {} : { status }),
  };
}

const container = (state: JsonObject, more: JsonObject = {}): JsonObject => ({ name: 'spark-kubernetes-driver', state, ...more });
const terminated = (exitCode: number): JsonObject => container({ terminated: { exitCode } });
const running = container({ running: {} }, { ready: true });
const pod = (phase: string, container: JsonObject | null = null, more: JsonObject = {}): JsonObject => ({
  status: { phase, containerStatuses: container === null ? [] : [container], ...more },
});
const ready: JsonObject = { conditions: [{ type: 'Ready', status: 'True' }] };
const live = pod('Running', running, ready);

function seen(application: JsonObject, more: Partial<Seen> = {}): Seen {
  return { application, driver: live, executors: [], now, sinceTransition: 0, sinceEnd: 0, ...more };
}

/** What a pass does, a status as the states it adds. */
function told(actions: Action[], before: JsonObject): string[] {
  return actions.map((action) => {
    if (action.do === 'wake') return `wake ${action.seconds}`;
    if (action.do !== 'status') return action.do;
    const known = statesOf(objectOf(before.status)).length;
    return statesOf(action.status)
      .slice(at(action.status, 'previousAttemptSummary') === undefined ? known : 0)
      .map((state) => textOf(state.currentStateSummary))
      .join(', ');
  });
}

/** The status a pass writes. */
const statusOf = (actions: Action[]): JsonObject =>
  actions.flatMap((action) => (action.do === 'status' ? [action.status] : []))[0] ?? {};

const instanceConfig = { initExecutors: 2, minExecutors: 1, maxExecutors: 3 };
const executors = (count: number): JsonObject[] => Array.from({ length: count }, () => live);
const removed: Partial<Seen> = { driver: null };
const past = (sinceTransition: number): Partial<Seen> => ({ sinceTransition });

test.each<[string, Word | '', JsonObject, Partial<Seen>, string[]]>([
  ['is greeted', '', {}, removed, ['Submitted']],
  ['asks for its driver', 'Submitted', {}, removed, ['request driver']],
  ['waits for its driver', 'DriverRequested', {}, { driver: pod('Pending') }, ['wake 300']],
  ['for so long', 'DriverRequested', {}, { driver: pod('Pending'), sinceTransition: 300 }, ['DriverStartTimedOut']],
  [
    'as it says',
    'DriverRequested',
    { applicationTimeoutConfig: { driverStartTimeoutMillis: 5000 } },
    { driver: pod('Pending'), sinceTransition: 6 },
    ['DriverStartTimedOut'],
  ],
  [
    'or for ever',
    'DriverRequested',
    { applicationTimeoutConfig: { driverStartTimeoutMillis: 0 } },
    { driver: pod('Pending') },
    [],
  ],
  ['sees it start and be ready at once', 'DriverRequested', {}, {}, ['DriverStarted, DriverReady']],
  ['sees it start', 'DriverRequested', {}, { driver: pod('Running', running) }, ['DriverStarted']],
  ['sees it be ready', 'DriverStarted', {}, {}, ['DriverReady']],
  ['waits until it is ready', 'DriverStarted', {}, { driver: pod('Running', running), ...past(301) }, ['DriverReadyTimedOut']],
  ['that ends before it is ready has failed', 'DriverStarted', {}, { driver: pod('Succeeded', terminated(0)) }, ['Failed']],
  ['without a driver has failed', 'DriverRequested', {}, removed, ['Failed']],
  ['that wants no number of executors runs', 'DriverReady', {}, {}, ['RunningHealthy']],
  ['waits for the first executor', 'DriverReady', { instanceConfig }, {}, ['wake 300']],
  ['for so long only', 'DriverReady', { instanceConfig }, past(300), ['ExecutorsStartTimedOut']],
  ['has too few', 'DriverReady', { instanceConfig }, { executors: executors(1) }, ['InitializedBelowThresholdExecutors']],
  ['has enough', 'DriverReady', { instanceConfig }, { executors: executors(2) }, ['RunningWithPartialCapacity']],
  ['has all', 'InitializedBelowThresholdExecutors', { instanceConfig }, { executors: executors(3) }, ['RunningHealthy']],
  ['loses them', 'RunningHealthy', { instanceConfig }, {}, ['RunningWithBelowThresholdExecutors']],
  ['is not stopped for it', 'RunningWithBelowThresholdExecutors', { instanceConfig }, past(1e6), []],
  ['succeeds', 'RunningHealthy', {}, { driver: pod('Succeeded', terminated(0)) }, ['Succeeded']],
  ['succeeds before its pod', 'RunningHealthy', {}, { driver: pod('Running', terminated(0)) }, ['Succeeded']],
  ['fails', 'RunningHealthy', {}, { driver: pod('Failed', terminated(1)) }, ['Failed']],
  ['is evicted', 'RunningHealthy', {}, { driver: pod('Failed', terminated(137), { reason: 'Evicted' }) }, ['DriverEvicted']],
  ['loses its driver', 'RunningHealthy', {}, removed, ['Failed']],
  ['is over', 'Succeeded', {}, {}, ['release', 'ResourceReleased']],
  ['keeps its pods', 'Failed', { resourceRetainPolicy: 'OnFailure' }, {}, ['TerminatedWithoutReleaseResources']],
  ['keeps them after failures only', 'Succeeded', { resourceRetainPolicy: 'OnFailure' }, {}, ['release', 'ResourceReleased']],
  ['restarts', 'Failed', { restartConfig: { restartPolicy: 'OnFailure' } }, {}, ['release', 'ScheduledToRestart']],
  [
    'restarts although its pods were to stay',
    'Failed',
    { restartConfig: { restartPolicy: 'Always' }, resourceRetainPolicy: 'Always' },
    {},
    ['release', 'ScheduledToRestart'],
  ],
  [
    'says that its pods stay where no restart comes',
    'Succeeded',
    { restartConfig: { restartPolicy: 'OnFailure' }, resourceRetainPolicy: 'Always' },
    {},
    ['release', 'TerminatedWithoutReleaseResources'],
  ],
  [
    'does not restart after success',
    'Succeeded',
    { restartConfig: { restartPolicy: 'OnFailure' } },
    {},
    ['release', 'ResourceReleased'],
  ],
  [
    'restarts for the infrastructure only',
    'Failed',
    { restartConfig: { restartPolicy: 'OnInfrastructureFailure' } },
    {},
    ['release', 'ResourceReleased'],
  ],
  ['stays', 'ResourceReleased', {}, {}, []],
  ['stays so long', 'ResourceReleased', { ttlAfterStopMillis: 9000 }, { sinceEnd: 2 }, ['wake 7']],
  ['goes', 'ResourceReleased', { ttlAfterStopMillis: 9000 }, { sinceEnd: 9 }, ['delete application']],
  [
    'keeps its pods so long',
    'TerminatedWithoutReleaseResources',
    { resourceRetainDurationMillis: 4000 },
    past(4),
    ['release', 'ResourceReleased'],
  ],
])('an application %s (%s, %j)', (_case, word, tolerations, more, expected) => {
  const object = application(word, tolerations);
  expect(told(step(seen(object, more)), object)).toEqual(expected);
});

test('an application in client mode fails', () => {
  const object = application('Submitted', {}, { deploymentMode: 'ClientMode' });
  expect(told(step(seen(object)), object)).toEqual(['Failed']);
});

describe('the finalizer', () => {
  const held = application('RunningHealthy');
  const metadata = objectOf(held.metadata);
  const deleted: JsonObject = { ...held, metadata: { ...metadata, deletionTimestamp: now } };

  test('is put on before anything is done', () => {
    const { finalizers: _, ...rest } = metadata;
    expect(step(seen({ metadata: rest }))).toEqual([{ do: 'hold' }]);
  });

  test('keeps a deleted application until its driver is released', () => {
    const actions = step(seen(deleted));
    expect(told(actions, deleted)).toEqual(['release', 'ResourceReleased']);
    const released: JsonObject = { ...deleted, status: statusOf(actions) };
    expect(messageOf(released)).toBe('Spark application has been shutdown as requested.');
    expect(step(seen(released))).toEqual([{ do: 'wake', seconds: 2 }]);
    expect(step(seen(released, past(2)))).toEqual([{ do: 'let go' }]);
  });

  test('goes at once from an application that is over, and is not taken from one that has none', () => {
    const over = { ...application('ResourceReleased'), metadata: objectOf(deleted.metadata) };
    expect(step(seen(over))).toEqual([{ do: 'let go' }]);
    expect(step(seen({ ...deleted, metadata: { deletionTimestamp: now, finalizers: ['other'] } }))).toEqual([]);
  });
});

describe('attempts', () => {
  const restartConfig = { restartPolicy: 'OnFailure', maxRestartAttempts: 1, restartBackoffMillis: 10_000 };
  const failed = application('Failed', { restartConfig });
  const second: JsonObject = { ...failed, status: statusOf(step(seen(failed))) };

  test('the history is trimmed to the present one, and its ids go on', () => {
    expect(second.status).toMatchObject({
      stateTransitionHistory: { '2': { currentStateSummary: 'ScheduledToRestart' } },
      previousAttemptSummary: {
        attemptInfo: { id: 0 },
        stateTransitionHistory: { '0': { currentStateSummary: 'Submitted' }, '1': { currentStateSummary: 'Failed' } },
      },
      currentAttemptSummary: {
        attemptInfo: { id: 1, restartCounter: 1, failureRestartCounter: 1, schedulingFailureRestartCounter: 0 },
      },
    });
  });

  test('the next one waits, longer after a refusal where it is told to', () => {
    expect(step(seen(second, past(4)))).toEqual([{ do: 'wake', seconds: 6 }]);
    expect(step(seen(second, past(10)))).toEqual([{ do: 'request driver' }]);
    const special = { ...restartConfig, restartBackoffMillisForFailure: 1000 };
    expect(step(seen({ ...second, spec: { applicationTolerations: { restartConfig: special } } }, past(0)))).toEqual([
      { do: 'wake', seconds: 1 },
    ]);
  });

  test('end at the limit, which is told', () => {
    const state: NewState = { word: 'Failed', message: '' };
    const again: JsonObject = { ...second, status: appended(objectOf(second.status), state, now) };
    const last: JsonObject = { ...again, status: statusOf(step(seen(again))) };
    expect(wordOf(last)).toBe('ResourceReleased');
    expect(messageOf(last)).toBe('The maximum number of restart attempts (1) has been exceeded.');
  });
});

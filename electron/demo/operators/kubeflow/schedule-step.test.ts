import { describe, expect, test } from 'vitest';
import { at, type JsonObject, nameOf, objectOf } from '../../json.ts';
import { type ScheduleAction, type ScheduleSeen, stepSchedule } from './schedule-step.ts';

const NOW = Date.parse('2026-11-21T10:06:00.250Z');
const nanoseconds = '1795255560250158783';

const schedule = (spec: JsonObject, status: JsonObject = {}): JsonObject => ({
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  metadata: { name: 'nightly', namespace: 'default', uid: 'u', labels: { team: 'a' } },
  spec: { schedule: '* * * * *', template: { type: 'Scala' }, ...spec },
  status,
});
const run = (number: number, state: string): JsonObject => ({
  metadata: { name: `nightly-${number}` },
  status: { applicationState: { state } },
});
const due: JsonObject = { scheduleState: 'Scheduled', nextRun: '2026-11-21T10:06:00Z', lastRun: null };
const seen = (spec: JsonObject, status: JsonObject, runs: JsonObject[] = []): ScheduleSeen => ({
  schedule: schedule(spec, status),
  runs,
  now: NOW,
  nanoseconds,
});

function word(action: ScheduleAction): string {
  if (action.do === 'status') return `-> ${String(action.status.scheduleState)}`;
  if (action.do === 'wake') return `wake at ${new Date(action.at).toISOString().slice(11, 19)}`;
  return `${action.do} ${nameOf(action.run)}`;
}

const started = ['-> Scheduled', 'wake at 10:07:00'];
const created = `create run nightly-${nanoseconds}`;
const cases: { what: string; given: ScheduleSeen; does: string[] }[] = [
  { what: 'a new one gets its next time', given: seen({}, {}), does: started },
  { what: 'a suspended one does nothing', given: seen({ suspend: true }, due), does: [] },
  {
    what: 'one that is not due waits',
    given: seen({}, { ...due, nextRun: '2026-11-21T10:06:30Z' }),
    does: ['wake at 10:06:30'],
  },
  {
    what: 'an edited one keeps the time it had',
    given: seen({ schedule: '@yearly' }, { ...due, nextRun: '2026-11-21T10:06:30Z' }),
    does: ['wake at 10:06:30'],
  },
  { what: 'the first run', given: seen({ concurrencyPolicy: 'Forbid' }, due), does: [created, ...started] },
  {
    what: 'missed times are made up for by one run',
    given: seen({ concurrencyPolicy: 'Allow' }, { ...due, nextRun: '2026-11-20T10:06:00Z' }),
    does: [created, ...started],
  },
  { what: 'Allow', given: seen({ concurrencyPolicy: 'Allow' }, due, [run(1, 'RUNNING')]), does: [created, ...started] },
  {
    what: 'Forbid waits for the newest',
    given: seen({ concurrencyPolicy: 'Forbid' }, due, [run(2, 'RUNNING'), run(1, 'COMPLETED')]),
    does: ['wake at 10:07:00'],
  },
  { what: 'Forbid goes on', given: seen({ concurrencyPolicy: 'Forbid' }, due, [run(1, 'FAILED')]), does: [created, ...started] },
  {
    what: 'Replace deletes the newest',
    given: seen({ concurrencyPolicy: 'Replace' }, due, [run(1, 'SUBMITTED')]),
    does: ['delete run nightly-1', created, ...started],
  },
  {
    what: 'Replace leaves one that has ended',
    given: seen({ concurrencyPolicy: 'Replace' }, due, [run(1, 'COMPLETED')]),
    does: [created, ...started],
  },
  {
    what: 'without a policy one run is all, even when it has ended',
    given: seen({}, due, [run(1, 'COMPLETED')]),
    does: ['wake at 10:07:00'],
  },
  {
    what: 'history: the newest of each kind stay',
    given: seen({ concurrencyPolicy: 'Allow', successfulRunHistoryLimit: 2 }, due, [
      run(6, 'FAILED'),
      run(5, 'COMPLETED'),
      run(4, 'COMPLETED'),
      run(3, 'COMPLETED'),
      run(2, 'FAILED'),
      run(1, 'RUNNING'),
    ]),
    does: [created, 'delete run nightly-3', 'delete run nightly-2', ...started],
  },
  { what: 'a wrong expression', given: seen({ schedule: 'daily' }, {}), does: ['-> FailedValidation'] },
  { what: 'a wrong zone', given: seen({ timeZone: 'Mars' }, {}), does: ['-> FailedValidation'] },
  {
    what: 'one that failed validation stays so, also when it is mended',
    given: seen({}, { scheduleState: 'FailedValidation', reason: 'x' }),
    does: [],
  },
];

test.each(cases)('$what', ({ does, given }) => {
  expect(stepSchedule(given).map(word)).toEqual(does);
});

function written(given: ScheduleSeen): JsonObject {
  const action = stepSchedule(given).find((one) => one.do === 'status');
  return action?.do === 'status' ? action.status : {};
}

describe('what is written', () => {
  test('before the first run', () => {
    expect(written(seen({}, {}))).toEqual({ lastRun: null, nextRun: '2026-11-21T10:07:00Z', scheduleState: 'Scheduled' });
  });

  test('at a start: this run, the next time, and the runs that ended before', () => {
    const given = seen({ concurrencyPolicy: 'Allow' }, due, [run(2, 'COMPLETED'), run(1, 'FAILED')]);
    expect(written(given)).toEqual({
      lastRun: '2026-11-21T10:06:00Z',
      lastRunName: `nightly-${nanoseconds}`,
      nextRun: '2026-11-21T10:07:00Z',
      pastFailedRunNames: ['nightly-1'],
      pastSuccessfulRunNames: ['nightly-2'],
      scheduleState: 'Scheduled',
    });
  });

  test('a run that was replaced leaves no trace', () => {
    const given = seen({ concurrencyPolicy: 'Replace' }, due, [run(1, 'RUNNING')]);
    expect(JSON.stringify(written(given))).not.toContain('nightly-1"');
  });

  test('a reason with what is wrong', () => {
    expect(written(seen({ schedule: 'daily' }, {})).reason).toBe('expected exactly 5 fields, found 1: [daily]');
    expect(written(seen({ timeZone: 'Mars' }, {})).reason).toBe('Invalid timezone: unknown time zone Mars');
  });
});

test('a run has the template, the labels of the schedule, and the schedule as an owner without control', () => {
  const action = stepSchedule(seen({}, due)).find((one) => one.do === 'create run');
  const created = objectOf(action?.do === 'create run' ? action.run : undefined);
  expect(created.spec).toEqual({ type: 'Scala' });
  expect(at(created, 'metadata')).toEqual({
    name: `nightly-${nanoseconds}`,
    namespace: 'default',
    labels: { team: 'a', 'sparkoperator.k8s.io/scheduled-app-name': 'nightly' },
    ownerReferences: [
      {
        apiVersion: 'sparkoperator.k8s.io/v1beta2',
        kind: 'ScheduledSparkApplication',
        name: 'nightly',
        uid: 'u',
        blockOwnerDeletion: true,
      },
    ],
  });
});

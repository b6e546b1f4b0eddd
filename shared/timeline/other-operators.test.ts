import { describe, expect, test } from 'vitest';
import type { Operator } from '../spark/state.ts';
import { emptyTimelineState, type Observation, observeAll, timelineOf } from './reduce.ts';
import { pod, saw, start, written } from './story.fixture.ts';
import type { Segment } from './timeline.ts';

function lanes(operator: Operator, observations: readonly Observation[]): Record<string, string[]> {
  const seconds = (at: number | null) => (at === null ? '' : String((at - start) / 1000));
  const line = ({ attempt, from, inferred, phase, state, to }: Segment) =>
    `${inferred ? '~' : ''}${state} ${seconds(from)}-${seconds(to)} #${attempt} ${phase}`;
  const timeline = timelineOf(observeAll(emptyTimelineState(operator), observations));
  return Object.fromEntries(timeline.lanes.map(({ id, segments }) => [id, segments.map(line)]));
}

function apache(history: [string, string][], attempt: number): unknown {
  const states = history.map(([word, time]) => ({ currentStateSummary: word, lastTransitionTime: time, message: '' }));
  return {
    apiVersion: 'spark.apache.org/v1',
    kind: 'SparkApplication',
    metadata: { uid: 'app', name: 'pi', namespace: 'default', creationTimestamp: written(0) },
    status: {
      currentState: states.at(-1),
      stateTransitionHistory: Object.fromEntries(states.map((state, index) => [String(index), state])),
      currentAttemptSummary: { attemptInfo: { id: attempt } },
    },
  };
}

describe('apache', () => {
  const first: [string, string][] = [
    ['Submitted', '2026-01-02T03:04:00.120Z'],
    ['DriverRequested', '2026-01-02T03:04:01.250Z'],
    ['RunningHealthy', '2026-01-02T03:04:09.500Z'],
    ['Failed', '2026-01-02T03:04:20Z'],
    ['ScheduledToRestart', '2026-01-02T03:04:20.100Z'],
  ];
  const second: [string, string][] = [
    ['DriverRequested', '2026-01-02T03:04:25Z'],
    ['Succeeded', '2026-01-02T03:04:40Z'],
    ['ResourceReleased', '2026-01-02T03:04:41Z'],
  ];
  const drawn = [
    'Submitted 0.12-1.25 #1 new',
    'DriverRequested 1.25-9.5 #1 starting',
    'RunningHealthy 9.5-20 #1 running',
    'Failed 20-20.1 #1 finishing',
    'ScheduledToRestart 20.1-25 #1 retrying',
    'DriverRequested 25-40 #2 starting',
    'Succeeded 40-41 #2 finishing',
    'ResourceReleased 41- #2 succeeded',
  ];

  test('takes the times of its own history', () => {
    const late = lanes('apache', [saw(99, 'listed', apache([...first, ...second], 1))]);
    expect(late.application).toEqual(drawn.map((line) => `~${line}`));
  });

  test('keeps what the operator trims from its history', () => {
    const seen = lanes('apache', [saw(21, 'added', apache(first, 0)), saw(42, 'modified', apache(second, 1))]);
    expect(seen.application).toEqual(drawn);
  });

  test('a run that failed ends as failed when its resources are released', () => {
    const failed: [string, string][] = [...first.slice(0, 4), ['ResourceReleased', '2026-01-02T03:04:21Z']];
    expect(lanes('apache', [saw(22, 'added', apache(failed, 0))]).application?.at(-1)).toBe('ResourceReleased 21- #1 failed');
  });
});

/** A pod without any operator's labels. */
function plain(facts: Parameters<typeof pod>[0], labels: Record<string, string> = {}): unknown {
  const made = pod(facts);
  const run = facts.run ?? 'run-1';
  const role = facts.executor === undefined ? 'driver' : 'executor';
  const number = facts.executor === undefined ? {} : { 'spark-exec-id': String(facts.executor) };
  const uid = facts.executor === undefined ? `driver-${run}` : `executor-${run}`;
  return {
    ...made,
    metadata: {
      uid,
      name: uid,
      namespace: 'default',
      creationTimestamp: written(facts.created),
      labels: { 'spark-role': role, 'spark-app-selector': run, ...number, ...labels },
    },
  };
}

test('spark-submit: the driver is the application, its phases are the states', () => {
  const driver = { created: 8, scheduled: 8 };
  const observed = lanes('spark-submit', [
    saw(8.2, 'added', plain({ created: 8 })),
    saw(10.4, 'modified', plain({ ...driver, started: 10 })),
    saw(20.2, 'added', plain({ created: 20, executor: 1, started: 20 })),
    saw(40.3, 'modified', plain({ ...driver, started: 10, finished: 40, exitCode: 1 })),
    saw(60, 'deleted', plain({ ...driver, started: 10, finished: 40, exitCode: 1 })),
  ]);
  expect(observed.application).toEqual([
    'Pending 8.2-10.4 #1 starting',
    'Running 10.4-40.3 #1 running',
    'Failed 40.3-60 #1 failed',
  ]);
  expect(observed.driver?.at(-1)).toBe('exit 1 40.3-40.3 #1 failed');
  expect(observed['executor-1']?.[0]).toBe('Running 20.2-60 #1 running');
});

test('radanalytics: new until the first driver, then the drivers one after the other', () => {
  const label = { 'radanalytics.io/SparkApplication': 'pi' };
  const object = {
    apiVersion: 'radanalytics.io/v1',
    kind: 'SparkApplication',
    metadata: { uid: 'app', name: 'pi', namespace: 'default', creationTimestamp: written(0) },
    status: { state: 'ready' },
  };
  const observed = lanes('radanalytics', [
    saw(0.5, 'added', object),
    saw(8.2, 'added', plain({ created: 8 }, label)),
    saw(10.4, 'modified', plain({ created: 8, started: 10 }, label)),
    saw(40.3, 'modified', plain({ created: 8, started: 10, finished: 40, exitCode: 0 }, label)),
    saw(50.1, 'added', plain({ created: 50, run: 'run-2' }, label)),
  ]);
  expect(observed.application).toEqual([
    'New 0.5-8.2 #1 new',
    'Pending 8.2-10.4 #1 starting',
    'Running 10.4-40.3 #1 running',
    'Succeeded 40.3-50.1 #1 succeeded',
    'Pending 50.1- #2 starting',
  ]);
});

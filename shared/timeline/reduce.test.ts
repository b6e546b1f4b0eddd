import { describe, expect, test } from 'vitest';
import { metadataOf } from '../spark/objects.ts';
import { emptyTimelineState, type Observation, observe, observeAll, timelineOf } from './reduce.ts';
import { application, event, pod, retriedRun, saw, start, written } from './story.fixture.ts';
import type { Timeline } from './timeline.ts';

function timeline(observations: readonly Observation[]): Timeline {
  return timelineOf(observeAll(emptyTimelineState('kubeflow'), observations));
}

/** A lane as lines: state, from and to in seconds of the story, attempt; `~` before what was inferred. */
function lane(of: Timeline, id: string): string[] {
  const seconds = (at: number | null) => (at === null ? '' : String((at - start) / 1000));
  const segments = of.lanes.find((candidate) => candidate.id === id)?.segments ?? [];
  return segments.map(
    ({ attempt, from, inferred, state, to }) => `${inferred ? '~' : ''}${state} ${seconds(from)}-${seconds(to)} #${attempt}`,
  );
}

describe('a run that is retried', () => {
  const whole = timeline(retriedRun);

  test('has the states of its application by their arrival, repeated SUBMITTED as one', () => {
    expect(lane(whole, 'application')).toEqual([
      'New 0.2-8.91 #1',
      'SUBMITTED 8.91-10.2 #1',
      'RUNNING 10.2-34.26 #1',
      'FAILING 34.26-34.33 #1',
      'PENDING_RERUN 34.33-45.65 #1',
      'SUBMITTED 45.65-46.32 #2',
      'RUNNING 46.32-61.4 #2',
      'SUCCEEDING 61.4-61.42 #2',
      'COMPLETED 61.42- #2',
    ]);
    expect(whole.lanes[0]?.segments.map(({ phase }) => phase).slice(2, 5)).toEqual(['running', 'retrying', 'retrying']);
  });

  test('has both drivers in one lane, each ended by how it ended', () => {
    expect(lane(whole, 'driver')).toEqual([
      'Pending 8.4-8.5 #1',
      'ContainerCreating 8.5-9.999 #1',
      'Running 9.999-33.999 #1',
      'exit 1 33.999-33.999 #1',
      '~ContainerCreating 45.36-45.999 #2',
      'Running 45.999-60.999 #2',
      'exit 0 60.999-60.999 #2',
    ]);
  });

  test('has the executors of one number in one lane', () => {
    expect(whole.lanes.map(({ id, label }) => [id, label])).toEqual([
      ['application', 'app'],
      ['driver', 'driver'],
      ['executor-1', 'exec-1'],
    ]);
    expect(lane(whole, 'executor-1').filter((line) => /Running|exit/.test(line))).toEqual([
      'Running 21.999-33.7 #1',
      'exit 143 33.7-33.7 #1',
      'Running 54.999-60.9 #2',
      'exit 0 60.9-60.9 #2',
    ]);
  });

  test('gives the driver that comes before SUBMITTED the attempt that is to come', () => {
    const upTo = retriedRun.slice(0, retriedRun.findIndex(({ at }) => at === start + 45_360) + 1);
    expect(lane(timeline(upTo), 'driver').at(-1)).toBe('Pending 45.36- #2');
    expect(lane(timeline(upTo), 'application').at(-1)).toBe('PENDING_RERUN 34.33- #1');
  });

  test('marks each time an event happened', () => {
    const marks = whole.marks.filter(({ reason }) => reason === 'SparkApplicationSubmitted');
    expect(marks).toEqual([
      {
        at: start + 8900,
        type: 'Normal',
        reason: 'SparkApplicationSubmitted',
        message: 'SparkApplicationSubmitted of pi',
        about: 'SparkApplication pi',
        count: 1,
      },
      {
        at: start + 45_600,
        type: 'Normal',
        reason: 'SparkApplicationSubmitted',
        message: 'SparkApplicationSubmitted of pi',
        about: 'SparkApplication pi',
        count: 2,
      },
    ]);
  });
});

describe('opened late', () => {
  const done = {
    submissionID: 'run-1',
    submissionAttempts: 1,
    lastSubmissionAttemptTime: written(0),
    terminationTime: written(42),
  };
  const driver = pod({ created: 9, scheduled: 9, started: 10, finished: 40, exitCode: 0 });

  test('fills in from events', () => {
    const events = [event('SparkApplicationSubmitted', 9), event('SparkDriverRunning', 11), event('SparkDriverCompleted', 42)];
    const listed = [application('COMPLETED', done), driver, ...events].map((object) => saw(500, 'listed', object));
    expect(lane(timeline(listed), 'application')).toEqual([
      '~New 0-9 #1',
      '~SUBMITTED 9-11 #1',
      '~RUNNING 11-42 #1',
      '~SUCCEEDING 42-42 #1',
      '~COMPLETED 42- #1',
    ]);
  });

  test('fills in from the driver where the events are gone', () => {
    const listed = [application('COMPLETED', done), driver].map((object) => saw(5000, 'listed', object));
    expect(lane(timeline(listed), 'application')).toEqual([
      '~New 0-9 #1',
      '~SUBMITTED 9-10 #1',
      '~RUNNING 10-42 #1',
      '~SUCCEEDING 42-42 #1',
      '~COMPLETED 42- #1',
    ]);
    expect(lane(timeline(listed), 'driver')).toEqual(['~ContainerCreating 9-10 #1', '~Running 10-40 #1', '~exit 0 40-40 #1']);
  });

  test('says what the status alone tells', () => {
    const failed = application('FAILED', { ...done, submissionAttempts: 3 });
    expect(lane(timeline([saw(500, 'listed', failed)]), 'application')).toEqual([
      '~New 0-42 #1',
      '~FAILING 42-42 #3',
      '~FAILED 42- #3',
    ]);
    expect(
      lane(timeline([saw(500, 'listed', application('SUBMITTED', { ...done, terminationTime: null }))]), 'application'),
    ).toEqual(['~New 0-0 #1', '~SUBMITTED 0- #1']);
  });

  test('does not go ahead of the operator when the driver does', () => {
    const listed = [application('SUBMITTED', { ...done, terminationTime: null }), pod({ created: 9, scheduled: 9, started: 10 })];
    expect(lane(timeline(listed.map((object) => saw(11, 'listed', object))), 'application')).toEqual([
      '~New 0-9 #1',
      '~SUBMITTED 9- #1',
    ]);
  });

  test('goes on with what is seen from then on', () => {
    const observations = [
      saw(30, 'listed', application('RUNNING', { ...done, terminationTime: null })),
      saw(30, 'listed', pod({ created: 9, scheduled: 9, started: 10 })),
      saw(42.5, 'modified', application('SUCCEEDING', done)),
      saw(42.6, 'modified', application('COMPLETED', done)),
    ];
    expect(lane(timeline(observations), 'application').slice(2)).toEqual([
      '~RUNNING 10-42.5 #1',
      'SUCCEEDING 42.5-42.6 #1',
      'COMPLETED 42.6- #1',
    ]);
  });

  test('fills in what happened while the watch was away', () => {
    const before = retriedRun.filter(({ at }) => at < start + 30_000);
    const after = retriedRun.filter(({ at }) => at >= start + 34_000).map(({ object }) => saw(100, 'listed', object));
    const latest = new Map(after.map((observation) => [metadataOf(observation.object).uid, observation]));
    expect(lane(timeline([...before, ...latest.values()]), 'application')).toEqual([
      'New 0.2-8.91 #1',
      'SUBMITTED 8.91-10.2 #1',
      'RUNNING 10.2-34 #1',
      '~FAILING 34-36 #1',
      '~PENDING_RERUN 36-45 #1',
      '~SUBMITTED 45-46 #2',
      '~RUNNING 46-61 #2',
      '~SUCCEEDING 61-61 #2',
      '~COMPLETED 61- #2',
    ]);
  });
});

test('attempts go on where an edit made the operator count from 1 again', () => {
  const status = { submissionID: 'run-2', submissionAttempts: 1, lastSubmissionAttemptTime: written(36) };
  const events = [
    event('SparkApplicationSubmitted', 8, 45, 2),
    event('SparkDriverRunning', 10, 46, 2),
    event('SparkApplicationPendingRerun', 36),
  ];
  const driver = pod({ created: 45, scheduled: 45, started: 46, run: 'run-2' });
  const listed = [application('RUNNING', status), driver, ...events].map((object) => saw(500, 'listed', object));
  expect(lane(timeline(listed), 'application')).toEqual([
    '~New 0-8 #1',
    '~SUBMITTED 8-10 #1',
    '~RUNNING 10-36 #1',
    '~PENDING_RERUN 36-45 #1',
    '~SUBMITTED 45-46 #2',
    '~RUNNING 46- #2',
  ]);
  expect(lane(timeline(listed), 'driver')).toEqual(['~ContainerCreating 45-46 #2', '~Running 46- #2']);
  const goesOn = timeline([...listed, saw(510.5, 'modified', application('SUCCEEDING', status))]);
  expect(lane(goesOn, 'application').at(-1)).toBe('SUCCEEDING 510.5- #2');
});

test('the first waiting reason holds since the pod has a node', () => {
  const observations = [
    saw(8.1, 'added', pod({ created: 8 })),
    saw(8.4, 'modified', pod({ created: 8, scheduled: 8 })),
    saw(9.7, 'modified', pod({ created: 8, scheduled: 8, waiting: 'ContainerCreating' })),
    saw(12.3, 'modified', pod({ created: 8, scheduled: 8, waiting: 'ErrImageNeverPull' })),
  ];
  expect(lane(timeline(observations), 'driver')).toEqual([
    'Pending 8.1-8.4 #1',
    'ContainerCreating 8.4-12.3 #1',
    'ErrImageNeverPull 12.3- #1',
  ]);
});

describe('ends', () => {
  test('a pod that goes without an end being seen says so', () => {
    const driver = { created: 8, scheduled: 8, started: 9 };
    const observations = [
      saw(8.1, 'added', pod({ created: 8 })),
      saw(9.5, 'modified', pod(driver)),
      saw(30, 'deleted', pod(driver)),
    ];
    expect(lane(timeline(observations), 'driver').slice(-2)).toEqual(['Running 9.5-30 #1', 'deleted 30-30 #1']);
  });

  test('a deleted application ends everything', () => {
    const observations = [
      saw(0.1, 'added', application('')),
      saw(8.1, 'added', pod({ created: 8 })),
      saw(9.5, 'modified', pod({ created: 8, started: 9 })),
      saw(20, 'deleted', application('')),
    ];
    const ended = timeline(observations);
    expect(lane(ended, 'application')).toEqual(['New 0.1-20 #1']);
    expect(lane(ended, 'driver').slice(-2)).toEqual(['Running 9.5-20 #1', '~deleted 20-20 #1']);
    const seen = timeline([
      ...observations,
      saw(22.5, 'modified', pod({ created: 8, started: 9, finished: 22, exitCode: 143, deletion: 50 })),
    ]);
    expect(lane(seen, 'driver').slice(-2)).toEqual(['Running 9.5-22.5 #1', 'exit 143 22.5-22.5 #1']);
  });

  test.each([
    [{ exitCode: 0 }, 'exit 0', 'succeeded', null],
    [{ exitCode: 1 }, 'exit 1', 'failed', 'exit 1'],
    [{ exitCode: 137, reason: 'OOMKilled' }, 'OOMKilled', 'failed', 'exit 137 (OOMKilled)'],
    [{ exitCode: 143, deletion: 60 }, 'exit 143', 'failed', 'driver pod was deleted (exit 143)'],
  ])('a driver that ended with %j is drawn as %s', (end, state, phase, why) => {
    const facts = { created: 8, scheduled: 8, started: 9, finished: 30, ...end };
    const segment = timeline([saw(30.4, 'listed', pod(facts))])
      .lanes.find(({ id }) => id === 'driver')
      ?.segments.at(-1);
    expect(segment).toMatchObject({ state, phase, why, from: start + 30_000, to: start + 30_000 });
  });

  test('an executor that outlives its run is cut off by the next of its number', () => {
    const old = { created: 20, scheduled: 20, started: 21, executor: 1 };
    const observations = [saw(21.5, 'added', pod(old)), saw(40.2, 'added', pod({ created: 40, executor: 1, run: 'run-2' }))];
    expect(lane(timeline(observations), 'executor-1').slice(-2)).toEqual(['Running 21.5-40.2 #1', 'Pending 40.2- #2']);
  });
});

test('an application made anew under its name starts a new timeline', () => {
  const later = application('', {}, {}, { uid: 'app-2', creationTimestamp: written(100) });
  const fresh = timeline([...retriedRun, saw(99, 'deleted', application('COMPLETED')), saw(100.2, 'added', later)]);
  expect(fresh.lanes.map(({ id }) => id)).toEqual(['application', 'driver']);
  expect(lane(fresh, 'application')).toEqual(['New 100.2- #1']);
  expect(fresh.marks).toEqual([]);
});

test('events about other objects are left out, those of the newer API are read', () => {
  const other = event('Pulled', 3, 3, 1, { kind: 'Pod', name: 'other', uid: 'other' });
  const newer = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { uid: 'newer', creationTimestamp: written(5) },
    regarding: { kind: 'SparkApplication', name: 'pi', uid: 'app' },
    reason: 'SparkDriverRunning',
    type: 'Normal',
    note: 'Driver is running',
    eventTime: '2026-01-02T03:04:05.250000Z',
  };
  const marks = timeline([saw(0.1, 'added', application('')), saw(3, 'added', other), saw(5.6, 'added', newer)]).marks;
  expect(marks).toMatchObject([{ at: start + 5250, message: 'Driver is running', count: 1 }]);
});

test('a pull that fails again and again is one state', () => {
  const base = { created: 8, scheduled: 8 };
  const message = 'failed to pull and unpack image "none": not found';
  let state = observeAll(emptyTimelineState('kubeflow'), [
    saw(8.1, 'added', pod({ ...base, waiting: 'ContainerCreating' })),
    saw(12, 'modified', pod({ ...base, waiting: 'ErrImagePull', message })),
  ]);
  const before = state;
  state = observe(
    state,
    saw(
      20,
      'modified',
      pod({ ...base, waiting: 'ImagePullBackOff', message: `Back-off pulling image "none": ErrImagePull: ${message}` }),
    ),
  );
  state = observe(state, saw(35, 'modified', pod({ ...base, waiting: 'ErrImagePull', message })));
  expect(state).toBe(before);
  expect(timelineOf(state).lanes[1]?.segments.at(-1)).toMatchObject({
    state: 'ImagePullBackOff',
    why: `ImagePullBackOff: ${message}`,
  });
});

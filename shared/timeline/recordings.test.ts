import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { metadataOf } from '../spark/objects.ts';
import { kubeflow } from '../spark/operators/kubeflow.ts';
import { drawn } from './drawn.fixture.ts';
import { groupBy } from './group.ts';
import { emptyTimelineState, type Observation, type ObservationType, observeAll, timelineOf } from './reduce.ts';
import { type Lane, type Segment, type Timeline, timelineSchema } from './timeline.ts';

/** Recordings of a real operator; they are kept beside the project and not in it. */
const recordings = join(import.meta.dirname, '../../../shared/data/operator/recordings');
const isHere = existsSync(recordings);
const types: Record<string, ObservationType> = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' };

/** What a page of `application` would observe: its object, its pods, and all events of the namespace. */
function observationsOf(folder: string, application: string): Observation[] {
  const lines = readFileSync(join(recordings, folder, 'recording.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const all = lines.map((line): Observation => {
    const { at, type, object } = JSON.parse(line);
    return { at: Date.parse(at), type: types[type] ?? 'listed', object };
  });
  const own = all.find(({ object }) => kubeflow.isApplication(object) && metadataOf(object).name === application)?.object;
  return all.filter(({ object }) => {
    if (kubeflow.isApplication(object)) return metadataOf(object).name === application;
    return kubeflow.applicationOfPod(object) === null || kubeflow.ownsPod(own, object);
  });
}

/** The same opened when all was over: what is still there, listed at once. */
function openedLate(observations: readonly Observation[]): Observation[] {
  const present = new Map<string, Observation>();
  for (const observation of observations) {
    const { uid } = metadataOf(observation.object);
    if (observation.type === 'deleted') present.delete(uid);
    else present.set(uid, observation);
  }
  const at = Math.max(...observations.map((observation) => observation.at)) + 60_000;
  return [...present.values()].map(({ object }) => ({ at, type: 'listed', object }));
}

function replay(observations: readonly Observation[]): Timeline {
  return timelineSchema.parse(timelineOf(observeAll(emptyTimelineState('kubeflow'), observations)));
}

function laneOf(timeline: Timeline, id: string): Lane | undefined {
  return timeline.lanes.find((lane) => lane.id === id);
}

function states(lane: Lane | undefined): string {
  return (lane?.segments ?? []).map(({ attempt, state }) => `${attempt} ${state}`).join(', ');
}

/** What is left of a pod's lane without the waiting that may be too short to be seen: how it ran and how it ended. */
function runs(lane: Lane | undefined): string {
  const shown = lane?.segments.filter(({ phase }) => phase !== 'starting') ?? [];
  return shown.map(({ attempt, state }) => `${attempt} ${state}`).join(', ');
}

function expectOrdered(segments: readonly Segment[]) {
  for (const [index, { from, to }] of segments.entries()) {
    const next = segments[index + 1];
    expect(to === null ? from : to).toBeGreaterThanOrEqual(from);
    if (next !== undefined) expect(next.from).toBeGreaterThanOrEqual(to ?? Number.POSITIVE_INFINITY);
  }
}

describe.skipIf(!isHere)(`recordings of the Kubeflow operator${isHere ? '' : ` (skipped: ${recordings} is absent)`}`, () => {
  test.each(drawn)('$folder $application as it happened', ({ application, driver, executors, folder, way }) => {
    const observations = observationsOf(folder, application);
    const timeline = replay(observations);
    const lane = laneOf(timeline, 'application');
    const createdAt = lane?.segments[0]?.from ?? 0;
    expect(states(lane)).toBe(way.map(([attempt, state]) => `${attempt} ${state}`).join(', '));
    for (const [index, [, state, seconds]] of way.entries()) {
      const at = ((lane?.segments[index]?.from ?? 0) - createdAt) / 1000;
      expect(Math.abs(at - seconds), `${state} at ${at}, drawn at ${seconds}`).toBeLessThanOrEqual(0.1);
    }
    expect(runs(laneOf(timeline, 'driver'))).toBe(driver);
    const drawnExecutors = timeline.lanes
      .filter(({ kind }) => kind === 'executor')
      .map((executor) => `${executor.id}: ${runs(executor)}`);
    expect(drawnExecutors).toEqual(executors);
    for (const { segments } of timeline.lanes) expectOrdered(segments);
    expect(lane?.segments.every(({ inferred }) => !inferred)).toBe(true);
  });

  test.each(drawn)('$folder $application opened when it was over', ({ application, folder, late, way }) => {
    const observations = openedLate(observationsOf(folder, application));
    const timeline = replay(observations);
    const lane = laneOf(timeline, 'application');
    expect(states(lane)).toBe(late);
    for (const { segments } of timeline.lanes) expectOrdered(segments);
    if (late === '') return;
    expect(lane?.segments.every(({ inferred }) => inferred)).toBe(true);
    expect(lane?.segments.at(-1)?.to).toBeNull();
    // Each inferred time is within two seconds of what was seen: whole seconds, and events written a moment later.
    const live = laneOf(replay(observationsOf(folder, application)), 'application')?.segments ?? [];
    const seenAt = (attempt: number, state: string) =>
      live.find((segment) => segment.attempt === attempt && segment.state === state)?.from;
    for (const { attempt, from, state } of lane?.segments ?? []) {
      const seen = seenAt(attempt, state) ?? Number.NaN;
      expect(Math.abs(seen - from), `${state} of attempt ${attempt}`).toBeLessThanOrEqual(2000);
    }
    expect(way.length).toBeGreaterThanOrEqual(lane?.segments.length ?? 0);
  });

  test.each(drawn)('$folder $application does not hang on how its watches interleave', ({ application, folder }) => {
    const observations = observationsOf(folder, application);
    const byObject = [...groupBy(observations, ({ object }) => metadataOf(object).uid).values()];
    const whole = replay(observations);
    expect(replay(byObject.flat())).toEqual(whole);
    expect(replay(byObject.toReversed().flat())).toEqual(whole);
  });

  test('the driver is there before SUBMITTED, and both are shown so', () => {
    const timeline = replay(observationsOf('completes', 'completes'));
    const submitted = laneOf(timeline, 'application')?.segments.find(({ state }) => state === 'SUBMITTED');
    const driver = laneOf(timeline, 'driver')?.segments[0];
    expect(driver?.attempt).toBe(1);
    expect((submitted?.from ?? 0) - (driver?.from ?? 0)).toBeGreaterThan(200);
  });

  test('a pod without a node and a pod without an image say why', () => {
    const unschedulable = laneOf(replay(observationsOf('unschedulable', 'unschedulable')), 'driver')?.segments;
    expect(unschedulable).toMatchObject([
      { state: 'Pending', to: null, why: expect.stringMatching(/^Unschedulable: 0\/1 nodes/) },
    ]);
    const missing = laneOf(replay(observationsOf('image-missing', 'image-missing')), 'driver')?.segments.at(-1);
    expect(missing).toMatchObject({
      state: 'ErrImageNeverPull',
      to: null,
      why: expect.stringContaining('emberdeck.test/none:1'),
    });
  });

  test('the mark of an event is at the moment it came, each time it came', () => {
    const { marks } = replay(observationsOf('fails-retries', 'fails-retries'));
    const running = marks.filter(({ reason }) => reason === 'SparkDriverRunning');
    expect(running.map(({ count }) => count)).toEqual([1, 2]);
    expect((running[1]?.at ?? 0) - (running[0]?.at ?? 0)).toBeGreaterThan(36_000);
  });
});

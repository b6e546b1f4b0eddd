import { phaseIn } from '../spark/operators/adapter.ts';
import { machineShapes } from '../spark/operators/machines.ts';
import type { ApplicationRecord, Step } from './application-record.ts';
import type { Evidence } from './evidence.ts';
import { type Inferred, inferWay } from './infer.ts';
import type { PodRecord } from './pod-record.ts';
import type { Segment } from './timeline.ts';

/** The segments of an application, and by how much attempts count higher than the operator's number said when it was found. */
export interface ApplicationLane {
  segments: Segment[];
  shift: number;
}

/**
 * The lane of an application whose operator writes its state. `evidence` fills in what happened before a state was found; it
 * is empty for Apache, whose status has a history of its own.
 */
export function writtenLane(record: ApplicationRecord, evidence: readonly Evidence[]): ApplicationLane {
  const starts: Start[] = [];
  let shift = 0;
  for (const step of record.steps) {
    const before = starts.at(-1);
    if (step.found === null) {
      starts.push({ ...step, attempt: step.attempt + shift });
      continue;
    }
    if (before === undefined) starts.push({ ...firstStart(record), attempt: 1 });
    const known = starts.at(-1) ?? firstStart(record);
    const way = numbered(inferWay({ ...known, source: 'status' }, step, evidence), known, step, record.steps[0] !== step);
    starts.push(...way);
    shift = Math.max(shift, (starts.at(-1)?.attempt ?? 1) - step.attempt);
  }
  return { segments: segmentsOf(starts, record.deletedAt), shift };
}

type Start = Omit<Segment, 'from' | 'to'> & { at: number };

function firstStart(record: ApplicationRecord): Start {
  return { ...record.created, inferred: true, state: 'New', phase: 'new', attempt: 1, why: null };
}

/** Counts attempts along the way; the operator's own number wins where more submissions happened than left a trace. */
function numbered(way: readonly Inferred[], known: Start, step: Step, wasKnown: boolean): Start[] {
  let attempt = known.attempt;
  // New and the first submission are both of attempt 1.
  let hasSubmitted = wasKnown ? known.state !== 'New' : false;
  const starts = way.map(({ at, state }, index): Start => {
    if (state === 'SUBMITTED' || state === 'SUBMISSION_FAILED') {
      if (hasSubmitted) attempt += 1;
      hasSubmitted = true;
    }
    const isRetried =
      index < way.length - 1 && (state === 'FAILING' || state === 'SUBMISSION_FAILED') && way[index + 1]?.state !== 'FAILED';
    const phase = isRetried ? 'retrying' : phaseIn(machineShapes.kubeflow, state);
    return { at, state, phase, attempt, why: null, inferred: true };
  });
  const lastSubmission = starts.findLastIndex(({ state }) => state === 'SUBMITTED' || state === 'SUBMISSION_FAILED');
  return starts.map((start, index) => {
    const number = index >= lastSubmission ? Math.max(start.attempt, step.attempt) : start.attempt;
    const isFound = index === starts.length - 1;
    return { ...start, attempt: number, ...(isFound ? { phase: step.phase, why: step.why } : {}) };
  });
}

/** Bars from their starts: each lasts until the next one, the last until the object was deleted (or still). */
function segmentsOf(starts: readonly Start[], deletedAt: number | null): Segment[] {
  let cursor = starts[0]?.at ?? 0;
  const ordered = starts.map((start) => {
    cursor = Math.max(cursor, start.at);
    return { ...start, at: cursor };
  });
  return ordered.map(({ at, ...start }, index) => ({
    ...start,
    from: at,
    to: ordered[index + 1]?.at ?? (deletedAt === null ? null : Math.max(deletedAt, at)),
  }));
}

/**
 * The lane of an application that nobody writes a state for: the phases of its drivers' pods, one attempt each. `record` is
 * null for plain spark-submit, where the driver's pod is the application.
 */
export function drivenLane(record: ApplicationRecord | null, drivers: readonly PodRecord[]): Segment[] {
  const machine = machineShapes['spark-submit'];
  const starts: Start[] = record === null ? [] : [{ ...record.created, state: 'New', phase: 'new', attempt: 1, why: null }];
  for (const [index, driver] of drivers.entries()) {
    const add = (state: string, moment: { at: number; inferred: boolean }, why: string | null) =>
      starts.push({ at: moment.at, inferred: moment.inferred, state, phase: phaseIn(machine, state), attempt: index + 1, why });
    add('Pending', driver.created, driver.unschedulable ?? driver.waits.at(-1)?.why ?? null);
    if (driver.started !== null) add('Running', driver.started, null);
    if (driver.ended !== null) add(driver.ended.phase === 'succeeded' ? 'Succeeded' : 'Failed', driver.ended, driver.ended.why);
    else if (driver.deletedAt !== null) add('Unknown', { at: driver.deletedAt, inferred: false }, 'its driver pod is gone');
  }
  const goneAt = record === null ? (drivers.at(-1)?.deletedAt ?? null) : record.deletedAt;
  return segmentsOf(starts, goneAt).filter(
    (segment) => segment.from !== segment.to || segment.phase === 'failed' || segment.phase === 'succeeded',
  );
}

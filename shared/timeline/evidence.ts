import type { EventRecord } from './event-record.ts';
import type { PodRecord } from './pod-record.ts';

/** A sign that the application was in a state at a time, from its events or its driver's pod. */
export interface Evidence {
  readonly at: number;
  readonly state: string;
  readonly source: 'event' | 'pod';
}

/**
 * Events of the Kubeflow operator that tell of a state. SparkApplicationPendingRerun is written just before the new
 * submission and SparkApplicationSuspended again on resuming, so of the latter only the first time counts.
 * There is none for COMPLETED, nor for FAILED after a run.
 */
const stateOfReason: Readonly<Record<string, string>> = {
  SparkApplicationSubmitted: 'SUBMITTED',
  SparkApplicationSubmissionFailed: 'SUBMISSION_FAILED',
  SparkApplicationFailed: 'FAILED',
  SparkApplicationPendingRerun: 'PENDING_RERUN',
  SparkApplicationSuspending: 'SUSPENDING',
  SparkApplicationSuspended: 'SUSPENDED',
  SparkApplicationResuming: 'RESUMING',
  SparkDriverRunning: 'RUNNING',
  SparkDriverCompleted: 'SUCCEEDING',
  SparkDriverFailed: 'FAILING',
  SparkDriverNotFound: 'FAILING',
};

/** All evidence in order of time; a driver's own times stand in where the event of that state is missing. */
export function evidenceOf(events: readonly EventRecord[], drivers: readonly PodRecord[]): Evidence[] {
  const told = events.flatMap((event): Evidence[] => {
    const state = Object.hasOwn(stateOfReason, event.reason) ? stateOfReason[event.reason] : undefined;
    if (state === undefined) return [];
    const occurrences = state === 'SUSPENDED' ? event.occurrences.slice(0, 1) : event.occurrences;
    return occurrences.map(({ at }) => ({ at, state, source: 'event' }));
  });
  const ordered = drivers.toSorted((a, b) => a.created.at - b.created.at);
  const seen = ordered.flatMap((driver, index) => driverEvidence(driver, ordered[index + 1]?.created.at ?? Infinity, told));
  return [...told, ...seen].sort((a, b) => a.at - b.at || (a.state < b.state ? -1 : 1));
}

function driverEvidence(driver: PodRecord, until: number, told: readonly Evidence[]): Evidence[] {
  // The times of events are rounded down too: one of the second in which the driver was created belongs to it.
  const since = Math.floor(driver.created.at / 1000) * 1000;
  const event = (...states: string[]) => told.find(({ at, state }) => states.includes(state) && at >= since && at < until);
  const submitted = event('SUBMITTED');
  const evidence: Evidence[] = [];
  const add = (state: string, at: number) => evidence.push({ at, state, source: 'pod' });
  if (submitted === undefined) add('SUBMITTED', driver.created.at);
  const running = event('RUNNING');
  if (running === undefined && driver.started !== null) {
    add('RUNNING', Math.max(driver.started.at, submitted?.at ?? driver.created.at));
  }
  if (driver.ended !== null && event('SUCCEEDING', 'FAILING', 'SUSPENDING') === undefined) {
    const after = running?.at ?? submitted?.at ?? driver.created.at;
    add(driver.ended.phase === 'succeeded' ? 'SUCCEEDING' : 'FAILING', Math.max(driver.ended.at, after));
  }
  return evidence;
}

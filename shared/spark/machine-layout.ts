import type { Operator } from './state.ts';

/** Where the node of a state stands: column and row of a grid, from 0, left to right and top to bottom. */
export interface MachinePlace {
  readonly x: number;
  readonly y: number;
}

/** How to draw the machine of one operator. */
export interface MachineLayout {
  readonly columns: number;
  readonly rows: number;
  /** By state. A state that is not here (a newer operator's) has no place: put it below the last row. */
  readonly places: Readonly<Record<string, MachinePlace>>;
  /** States that (nearly) every other leads to: their edges are worth drawing only where the application took them. */
  readonly fromAny: readonly string[];
}

/**
 * Places chosen by hand: the way of a run that goes well reads from left to right in the first row, failures and retries
 * stand below where they branch off, suspension below that.
 */
export const machineLayouts: Record<Operator, MachineLayout> = {
  kubeflow: {
    columns: 5,
    rows: 3,
    places: {
      New: { x: 0, y: 0 },
      SUBMITTED: { x: 1, y: 0 },
      RUNNING: { x: 2, y: 0 },
      SUCCEEDING: { x: 3, y: 0 },
      COMPLETED: { x: 4, y: 0 },
      SUBMISSION_FAILED: { x: 0, y: 1 },
      PENDING_RERUN: { x: 1, y: 1 },
      INVALIDATING: { x: 2, y: 1 },
      FAILING: { x: 3, y: 1 },
      FAILED: { x: 4, y: 1 },
      RESUMING: { x: 1, y: 2 },
      SUSPENDED: { x: 2, y: 2 },
      SUSPENDING: { x: 3, y: 2 },
      UNKNOWN: { x: 4, y: 2 },
    },
    fromAny: ['INVALIDATING', 'SUSPENDING', 'UNKNOWN'],
  },
  apache: {
    columns: 7,
    rows: 3,
    places: {
      Submitted: { x: 0, y: 0 },
      DriverRequested: { x: 1, y: 0 },
      DriverStarted: { x: 2, y: 0 },
      DriverReady: { x: 3, y: 0 },
      RunningHealthy: { x: 4, y: 0 },
      Succeeded: { x: 5, y: 0 },
      ResourceReleased: { x: 6, y: 0 },
      ScheduledToRestart: { x: 0, y: 1 },
      SchedulingFailure: { x: 1, y: 1 },
      InitializedBelowThresholdExecutors: { x: 3, y: 1 },
      RunningWithPartialCapacity: { x: 4, y: 1 },
      Failed: { x: 5, y: 1 },
      TerminatedWithoutReleaseResources: { x: 6, y: 1 },
      DriverStartTimedOut: { x: 1, y: 2 },
      DriverReadyTimedOut: { x: 2, y: 2 },
      ExecutorsStartTimedOut: { x: 3, y: 2 },
      RunningWithBelowThresholdExecutors: { x: 4, y: 2 },
      DriverEvicted: { x: 5, y: 2 },
    },
    fromAny: ['Failed', 'DriverEvicted', 'ScheduledToRestart', 'TerminatedWithoutReleaseResources'],
  },
  radanalytics: {
    columns: 4,
    rows: 2,
    places: {
      New: { x: 0, y: 0 },
      Pending: { x: 1, y: 0 },
      Running: { x: 2, y: 0 },
      Succeeded: { x: 3, y: 0 },
      Unknown: { x: 2, y: 1 },
      Failed: { x: 3, y: 1 },
    },
    fromAny: ['Unknown'],
  },
  'spark-submit': {
    columns: 3,
    rows: 2,
    places: {
      Pending: { x: 0, y: 0 },
      Running: { x: 1, y: 0 },
      Succeeded: { x: 2, y: 0 },
      Unknown: { x: 1, y: 1 },
      Failed: { x: 2, y: 1 },
    },
    fromAny: ['Unknown'],
  },
};

import type { Operator } from '../state.ts';
import { edgesBetween, type MachineShape } from './machine-shape.ts';

const kubeflowStates: MachineShape['nodes'] = [
  { state: 'New', phase: 'new' },
  { state: 'SUBMITTED', phase: 'starting' },
  { state: 'RUNNING', phase: 'running' },
  { state: 'SUCCEEDING', phase: 'finishing' },
  { state: 'COMPLETED', phase: 'succeeded' },
  { state: 'SUBMISSION_FAILED', phase: 'retrying' },
  { state: 'FAILING', phase: 'finishing' },
  { state: 'FAILED', phase: 'failed' },
  { state: 'PENDING_RERUN', phase: 'retrying' },
  { state: 'INVALIDATING', phase: 'retrying' },
  { state: 'SUSPENDING', phase: 'finishing' },
  { state: 'SUSPENDED', phase: 'suspended' },
  { state: 'RESUMING', phase: 'starting' },
  { state: 'UNKNOWN', phase: 'unknown' },
];

const kubeflowWords = kubeflowStates.map((node) => node.state);
const kubeflowSuspendable = kubeflowWords.filter((word) => !['COMPLETED', 'FAILED', 'SUSPENDING', 'SUSPENDED'].includes(word));

/** Kubeflow's, from `internal/controller/sparkapplication/controller.go` and `event_filter.go` (2.4 to 2.5). */
const kubeflow: MachineShape = {
  nodes: kubeflowStates,
  edges: [
    ...edgesBetween(['New', 'PENDING_RERUN', 'RESUMING'], ['SUBMITTED', 'SUBMISSION_FAILED']),
    ...edgesBetween(['SUBMITTED'], ['RUNNING', 'SUCCEEDING', 'FAILING', 'UNKNOWN']),
    ...edgesBetween(['RUNNING'], ['SUCCEEDING', 'FAILING', 'UNKNOWN']),
    ...edgesBetween(['UNKNOWN'], ['SUBMITTED', 'RUNNING', 'SUCCEEDING', 'FAILING']),
    ...edgesBetween(['SUCCEEDING'], ['COMPLETED', 'PENDING_RERUN']),
    ...edgesBetween(['FAILING'], ['PENDING_RERUN', 'FAILED']),
    ...edgesBetween(['SUBMISSION_FAILED'], ['SUBMITTED', 'FAILED']),
    // The operator may try a failed submission again without leaving the state.
    { from: 'SUBMISSION_FAILED', to: 'SUBMISSION_FAILED' },
    ...edgesBetween(['INVALIDATING'], ['PENDING_RERUN']),
    ...edgesBetween(['SUSPENDING'], ['SUSPENDED']),
    ...edgesBetween(['SUSPENDED'], ['RESUMING']),
    ...edgesBetween(kubeflowWords, ['INVALIDATING']),
    ...edgesBetween(kubeflowSuspendable, ['SUSPENDING']),
  ],
};

const apacheRunning = ['RunningHealthy', 'RunningWithPartialCapacity', 'RunningWithBelowThresholdExecutors'];
const apacheWithDriver = [
  'DriverRequested',
  'DriverStarted',
  'DriverReady',
  'InitializedBelowThresholdExecutors',
  ...apacheRunning,
];
const apacheStopped = [
  'Succeeded',
  'Failed',
  'DriverEvicted',
  'SchedulingFailure',
  'DriverStartTimedOut',
  'DriverReadyTimedOut',
  'ExecutorsStartTimedOut',
];

/** Apache's, from its `ApplicationStateSummary` and the observers that set it. */
const apache: MachineShape = {
  nodes: [
    { state: 'Submitted', phase: 'new' },
    { state: 'DriverRequested', phase: 'starting' },
    { state: 'DriverStarted', phase: 'starting' },
    { state: 'DriverReady', phase: 'starting' },
    { state: 'InitializedBelowThresholdExecutors', phase: 'starting' },
    { state: 'RunningHealthy', phase: 'running' },
    { state: 'RunningWithPartialCapacity', phase: 'running' },
    { state: 'RunningWithBelowThresholdExecutors', phase: 'degraded' },
    ...apacheStopped.map((state) => ({ state, phase: 'finishing' as const })),
    { state: 'ScheduledToRestart', phase: 'retrying' },
    { state: 'ResourceReleased', phase: 'succeeded' },
    { state: 'TerminatedWithoutReleaseResources', phase: 'succeeded' },
  ],
  edges: [
    ...edgesBetween(['Submitted', 'ScheduledToRestart'], ['DriverRequested', 'SchedulingFailure']),
    ...edgesBetween(['DriverRequested'], ['DriverStarted', 'DriverStartTimedOut']),
    ...edgesBetween(['DriverStarted'], ['DriverReady', 'DriverReadyTimedOut']),
    ...edgesBetween(
      ['DriverReady', 'InitializedBelowThresholdExecutors'],
      ['RunningHealthy', 'RunningWithPartialCapacity', 'InitializedBelowThresholdExecutors', 'ExecutorsStartTimedOut'],
    ),
    ...edgesBetween(apacheRunning, apacheRunning),
    ...edgesBetween(apacheWithDriver, ['Succeeded', 'Failed', 'DriverEvicted']),
    ...edgesBetween(apacheStopped, ['ScheduledToRestart', 'ResourceReleased', 'TerminatedWithoutReleaseResources']),
  ],
};

/** The phases of a driver pod: all there is where no operator keeps a state. */
const driverPod: MachineShape = {
  nodes: [
    { state: 'Pending', phase: 'starting' },
    { state: 'Running', phase: 'running' },
    { state: 'Succeeded', phase: 'succeeded' },
    { state: 'Failed', phase: 'failed' },
    { state: 'Unknown', phase: 'unknown' },
  ],
  edges: [
    ...edgesBetween(['Pending'], ['Running', 'Succeeded', 'Failed', 'Unknown']),
    ...edgesBetween(['Running'], ['Succeeded', 'Failed', 'Unknown']),
    ...edgesBetween(['Unknown'], ['Running', 'Succeeded', 'Failed']),
  ],
};

/** radanalytics' "ready" says nothing of the job, so its machine is the driver pod's, with a state before the first driver. */
const radanalytics: MachineShape = {
  nodes: [{ state: 'New', phase: 'new' }, ...driverPod.nodes],
  edges: [
    ...edgesBetween(['New'], ['Pending']),
    ...driverPod.edges,
    // Its submitter pod submits again when it restarts.
    ...edgesBetween(['Succeeded', 'Failed'], ['Pending']),
  ],
};

/** The machine of each operator: every state it knows and every way between two. */
export const machineShapes: Record<Operator, MachineShape> = { kubeflow, apache, radanalytics, 'spark-submit': driverPod };

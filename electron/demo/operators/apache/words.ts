/** States of a SparkApplication, in the order of the operator's `ApplicationStateSummary`. */
export type Word =
  | 'Submitted'
  | 'ScheduledToRestart'
  | 'DriverRequested'
  | 'DriverStarted'
  | 'DriverReady'
  | 'InitializedBelowThresholdExecutors'
  | 'RunningHealthy'
  | 'RunningWithPartialCapacity'
  | 'RunningWithBelowThresholdExecutors'
  | 'DriverStartTimedOut'
  | 'ExecutorsStartTimedOut'
  | 'DriverReadyTimedOut'
  | 'Succeeded'
  | 'Failed'
  | 'SchedulingFailure'
  | 'DriverEvicted'
  | 'ResourceReleased'
  | 'TerminatedWithoutReleaseResources';

const infrastructureFailures = ['DriverStartTimedOut', 'ExecutorsStartTimedOut', 'SchedulingFailure'];
const failures = [...infrastructureFailures, 'DriverEvicted', 'Failed', 'DriverReadyTimedOut'];

export const isFailure = (word: string): boolean => failures.includes(word);
export const isInfrastructureFailure = (word: string): boolean => infrastructureFailures.includes(word);
/** The attempt is over, its resources are still there. */
export const isStopping = (word: string): boolean => word === 'Succeeded' || isFailure(word);
/** Nothing is done any more but what retention and time to live ask for. */
export const isTerminated = (word: string): boolean =>
  word === 'ResourceReleased' || word === 'TerminatedWithoutReleaseResources';
/** Not enough executors have been there yet. */
export const isStarting = (word: string): boolean =>
  ['DriverRequested', 'DriverStarted', 'DriverReady', 'InitializedBelowThresholdExecutors'].includes(word);

/** What the operator writes beside its states (`Constants.java`). */
export const messages = {
  submitted: 'Spark application has been created on Kubernetes Cluster.',
  driverRequested: 'Requested driver from resource scheduler.',
  driverStarted: 'Driver has started running.',
  driverReady: 'Driver has reached ready state.',
  schedulingFailure: 'Failed to request driver from scheduler backend.',
  clientMode: 'Client mode is not supported yet.',
  completed: 'Spark application completed successfully.',
  exitedWith0: 'Driver has critical container(s) exited with 0.',
  endedEarly: 'Driver container is terminated without SparkContext / SparkSession initialization.',
  failed: 'Driver has one or more failed critical container(s), refer last observed status for details.',
  failedInitContainers: 'Driver has failed init container(s). Refer last observed status for details.',
  restarted: 'Driver has one or more critical container(s) restarted unexpectedly, refer last observed status for details.',
  removed:
    "Driver removed. This could caused by 'exit' called in driver process with non-zero code, involuntary disruptions or " +
    'unintentional destroy behavior, check Kubernetes events for more details.',
  driverTimedOut:
    'The driver has not responded to the initial health check request within the allotted start-up time. This can be ' +
    'configured by setting .spec.applicationTolerations.applicationTimeoutConfig.',
  executorsTimedOut: 'The Spark application failed to get enough executors in the given time threshold.',
  healthy: 'Application is running healthy.',
  partial: 'Application is running with executor count between minimum and maximum capacity, exclusive.',
  initializedBelow: 'The application is running with less than minimal number of requested initial executors.',
  runningBelow: 'The Spark application is running with less than minimal number of requested executors.',
  cancelled: 'Spark application has been shutdown as requested.',
  retained: 'Application is terminated without releasing resources as configured.',
  forcedRelease: 'Application is configured to restart, resources created in current attempt would be force released.',
  retainExceeded: 'Spark application resources released after exceeding the configured retain duration.',
  clusterSubmitted: 'Spark cluster has been submitted to Kubernetes Cluster.',
  clusterReady: 'Cluster has reached ready state.',
  restartsExceeded: (most: number) => `The maximum number of restart attempts (${most}) has been exceeded.`,
  failureRestartsExceeded: (most: number) =>
    `The maximum number of restart attempts on consecutive failures (${most}) has been exceeded.`,
  schedulingRestartsExceeded: (most: number) =>
    `The maximum number of restart attempts on consecutive scheduling failures (${most}) has been exceeded.`,
} as const;

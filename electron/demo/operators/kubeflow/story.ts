import { type JsonObject, nameOf } from '../../json.ts';
import type { Action } from './step.ts';

type Told = Extract<Action, { do: 'tell' }>;

const tell = (type: 'Normal' | 'Warning', reason: string, message: string): Told => ({ do: 'tell', type, reason, message });

/** The event that goes with an application's state; null where the operator has none or never gets to write it. */
export function toldOfState(application: JsonObject, state: string, errorMessage = ''): Told | null {
  const name = `SparkApplication ${nameOf(application)}`;
  switch (state) {
    case '':
      return tell('Normal', 'SparkApplicationAdded', `${name} was added, enqueuing it for submission`);
    case 'SUBMITTED':
      return tell('Normal', 'SparkApplicationSubmitted', `${name} was submitted successfully`);
    case 'SUBMISSION_FAILED':
      return tell('Warning', 'SparkApplicationSubmissionFailed', `failed to submit ${name}: ${errorMessage}`);
    case 'FAILED':
      return tell('Warning', 'SparkApplicationFailed', `${name} failed: ${errorMessage}`);
    case 'PENDING_RERUN':
      return tell('Warning', 'SparkApplicationPendingRerun', `${name} is pending rerun`);
    case 'SUSPENDING':
      return tell('Warning', 'SparkApplicationSuspending', `${name} is suspending`);
    case 'SUSPENDED':
      return tell('Warning', 'SparkApplicationSuspended', `${name} is suspended`);
    case 'RESUMING':
      return tell('Warning', 'SparkApplicationResuming', `${name} is resuming`);
    default:
      return null;
  }
}

/** The event of a driver whose state changed. */
export function toldOfDriver(pod: string, state: DriverState): Told {
  switch (state) {
    case 'PENDING':
      return tell('Normal', 'SparkDriverPending', `Driver ${pod} is pending`);
    case 'RUNNING':
      return tell('Normal', 'SparkDriverRunning', `Driver ${pod} is running`);
    case 'COMPLETED':
      return tell('Normal', 'SparkDriverCompleted', `Driver ${pod} completed`);
    case 'FAILED':
      return tell('Warning', 'SparkDriverFailed', `Driver ${pod} failed`);
    case 'UNKNOWN':
      return tell('Warning', 'SparkDriverUnknown', `Driver ${pod} is in unknown state`);
  }
}

/** The event of an executor whose state changed; `failure` is what follows "failed" for one that did. */
export function toldOfExecutor(pod: string, state: ExecutorState, failure: string): Told {
  switch (state) {
    case 'PENDING':
      return tell('Normal', 'SparkExecutorPending', `Executor ${pod} is pending`);
    case 'RUNNING':
      return tell('Normal', 'SparkExecutorRunning', `Executor ${pod} is running`);
    case 'COMPLETED':
      return tell('Normal', 'SparkExecutorCompleted', `Executor ${pod} completed`);
    case 'FAILED':
      return tell('Warning', 'SparkExecutorFailed', `Executor ${pod} failed ${failure}`);
    case 'UNKNOWN':
      return tell('Warning', 'SparkExecutorUnknown', `Executor ${pod} is in unknown state`);
  }
}

export type DriverState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'UNKNOWN';
export type ExecutorState = DriverState;

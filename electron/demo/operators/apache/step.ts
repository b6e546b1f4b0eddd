import { at, type JsonObject, listOf, metadataOf, objectOf } from '../../json.ts';
import { isReady, observeEnd, observeExecutors, observeStart } from './observe.ts';
import { afterRelease, appended, endOfLastAttempt, initialStatus, messageOf, type NewState, wordOf } from './status.ts';
import { backoffAfter, lifeOf, restartPolicyOf, retainsAfter, retentionOf, type Timeout, timeoutOf } from './tolerations.ts';
import { isStopping, isTerminated, messages, type Word } from './words.ts';

/** All that one pass over an application looks at. */
export interface Seen {
  application: JsonObject;
  /** The driver pod of the present attempt. */
  driver: JsonObject | null;
  executors: JsonObject[];
  /** The time as statuses have it. */
  now: string;
  /** Seconds of the cluster since the present state began, and since the one before it was terminated. */
  sinceTransition: number;
  sinceEnd: number;
}

/** What a pass does, in this order. Every status wakes the operator again. */
export type Action =
  /** Puts the operator's finalizer on the application, and takes it off. */
  | { do: 'hold' | 'let go' }
  | { do: 'status'; status: JsonObject }
  /** Creates the driver and what belongs to it; the outcome is a state of its own. */
  | { do: 'request driver' }
  /** Deletes the driver pod; everything else goes with it. */
  | { do: 'release' }
  | { do: 'delete application' }
  | { do: 'wake'; seconds: number };

/** Keeps a deleted application until its driver is released. */
export const FINALIZER = 'sparkapplications.spark.apache.org/finalizer';
/** Seconds between the release on deletion and the look whether it is done (`terminationRequeuePeriodMillis`). */
const RELEASE_SECONDS = 2;

const timeouts: Partial<Record<string, { limit: Timeout; word: Word; message: string }>> = {
  DriverRequested: { limit: 'driverStartTimeoutMillis', word: 'DriverStartTimedOut', message: messages.driverTimedOut },
  DriverStarted: { limit: 'driverReadyTimeoutMillis', word: 'DriverReadyTimedOut', message: messages.driverTimedOut },
  DriverReady: { limit: 'executorStartTimeoutMillis', word: 'ExecutorsStartTimedOut', message: messages.executorsTimedOut },
  InitializedBelowThresholdExecutors: {
    limit: 'executorStartTimeoutMillis',
    word: 'ExecutorsStartTimedOut',
    message: messages.executorsTimedOut,
  },
};

/**
 * One pass of the operator over one application (`SparkAppReconciler`): from what is there to what is done about it.
 *
 *     Submitted ─┬─> DriverRequested ──> DriverStarted ──> DriverReady ─┬─> RunningHealthy <──> RunningWithBelowThresholdExecutors
 *                │         └─> DriverStartTimedOut  └─> …ReadyTimedOut  ├─> RunningWithPartialCapacity
 *                └─> SchedulingFailure                                  └─> InitializedBelowThreshold… ──> ExecutorsStartTimedOut
 *     any with a driver ──> Succeeded, Failed, DriverEvicted ──> ScheduledToRestart, ResourceReleased, TerminatedWithoutRelease…
 */
export function step(seen: Seen): Action[] {
  const { application, now } = seen;
  const word = wordOf(application);
  if (metadataOf(application).deletionTimestamp !== undefined) return leave(seen, word);
  if (!isHeld(application)) return [{ do: 'hold' }];
  if (word === '') return [{ do: 'status', status: initialStatus(now) }];
  if (isTerminated(word)) return afterEnd(seen, word);
  if (isStopping(word)) return stop(seen, word);
  if (at(application, 'spec', 'deploymentMode') === 'ClientMode') {
    return to(seen, { word: 'Failed', message: messages.clientMode });
  }
  if (word === 'Submitted' || word === 'ScheduledToRestart') return begin(seen, word);
  return word === 'DriverRequested' || word === 'DriverStarted' ? start(seen, word) : run(seen, word);
}

const isHeld = (application: JsonObject): boolean => listOf(metadataOf(application).finalizers).includes(FINALIZER);

/** A deleted application releases its driver first, with a last state that tells so. */
function leave(seen: Seen, word: string): Action[] {
  const { application, sinceTransition } = seen;
  if (!isHeld(application)) return [];
  if (word !== '' && word !== 'ResourceReleased') {
    return [{ do: 'release' }, ...to(seen, { word: 'ResourceReleased', message: messages.cancelled })];
  }
  const wait = messageOf(application) === messages.cancelled ? RELEASE_SECONDS - sinceTransition : 0;
  return wait > 0 ? [{ do: 'wake', seconds: wait }] : [{ do: 'let go' }];
}

function to({ application, now }: Seen, ...states: NewState[]): Action[] {
  const status = states.reduce((so, state) => appended(so, state, now), objectOf(application.status));
  return [{ do: 'status', status }];
}

function begin({ application, sinceTransition }: Seen, word: string): Action[] {
  const wait = word === 'Submitted' ? 0 : backoffAfter(application, endOfLastAttempt(application)) - sinceTransition;
  return wait > 0 ? [{ do: 'wake', seconds: wait }] : [{ do: 'request driver' }];
}

function start(seen: Seen, word: string): Action[] {
  const { application, driver } = seen;
  if (driver === null) return to(seen, { word: 'Failed', message: messages.removed });
  const states = observeStart(application, driver, word === 'DriverStarted');
  return states.length > 0 ? to(seen, ...states) : waited(seen, word);
}

function run(seen: Seen, word: string): Action[] {
  const { application, driver, executors } = seen;
  const running = observeExecutors(application, word, executors.filter(isReady).length);
  if (running !== null && running.word !== word) return to(seen, running);
  if (driver === null) return to(seen, { word: 'Failed', message: messages.removed });
  const end = observeEnd(application, driver, true);
  return end !== null ? to(seen, end) : waited(seen, word);
}

/** Starting may last so long only; an application that has had its executors is never stopped for losing them. */
function waited(seen: Seen, word: string): Action[] {
  const { application, driver, sinceTransition } = seen;
  const timeout = timeouts[word];
  if (timeout === undefined) return [];
  const limit = timeoutOf(application, timeout.limit);
  if (limit <= 0) return [];
  if (sinceTransition < limit) return [{ do: 'wake', seconds: limit - sinceTransition }];
  const { word: end, message } = timeout;
  return to(seen, { word: end, message, driverStatus: objectOf(driver?.status) });
}

/** The attempt is over: its pods go or stay, then the next one or the end (`AppCleanUpStep`). */
function stop(seen: Seen, word: string): Action[] {
  const { application, now } = seen;
  const retained = retainsAfter(application, word);
  const mayRestart = restartPolicyOf(application) !== 'Never';
  if (retained && !mayRestart) return to(seen, { word: 'TerminatedWithoutReleaseResources', message: messages.retained });
  const said = retained ? messages.forcedRelease : '';
  return [{ do: 'release' }, { do: 'status', status: afterRelease(application, said, now) }];
}

function afterEnd(seen: Seen, word: string): Action[] {
  const { application, sinceEnd, sinceTransition } = seen;
  const isReleased = word === 'ResourceReleased';
  const left = isReleased ? lifeOf(application) - sinceEnd : retentionOf(application) - sinceTransition;
  if (left === Number.POSITIVE_INFINITY) return [];
  if (left > 0) return [{ do: 'wake', seconds: left }];
  if (isReleased) return [{ do: 'delete application' }];
  return [{ do: 'release' }, ...to(seen, { word: 'ResourceReleased', message: messages.retainExceeded })];
}

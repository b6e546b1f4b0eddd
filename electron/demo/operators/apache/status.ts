import { at, type JsonObject, numberOf, objectOf, textOf } from '../../json.ts';
import { restartLimitsOf, restartsAfter, retainsAfter } from './tolerations.ts';
import { isFailure, isTerminated, messages, type Word } from './words.ts';

/** A state to write: its word, what is said beside it and, after a failure, the driver's status. */
export interface NewState {
  word: Word;
  message: string;
  driverStatus?: JsonObject;
}

export const wordOf = (object: JsonObject): string => textOf(at(object, 'status', 'currentState', 'currentStateSummary'));
export const messageOf = (object: JsonObject): string => textOf(at(object, 'status', 'currentState', 'message'));
/** Attempts count from 0. */
export const attemptOf = (object: JsonObject): number =>
  numberOf(at(object, 'status', 'currentAttemptSummary', 'attemptInfo', 'id'), 0);

const entry = ({ word, message, driverStatus }: NewState, now: string): JsonObject => ({
  currentStateSummary: word,
  lastTransitionTime: now,
  ...(message === '' ? {} : { message }),
  ...(driverStatus === undefined ? {} : { lastObservedDriverStatus: driverStatus }),
});

const firstAttempt = { id: 0, restartCounter: 0, failureRestartCounter: 0, schedulingFailureRestartCounter: 0 };

/** The status of an object that the operator sees for the first time. `now`: the time as statuses have it. */
export function initialStatus(now: string, message: string = messages.submitted): JsonObject {
  const state = entry({ word: 'Submitted', message }, now);
  return {
    currentState: state,
    stateTransitionHistory: { '0': state },
    currentAttemptSummary: { attemptInfo: firstAttempt },
  };
}

const historyOf = (status: JsonObject): JsonObject => objectOf(status.stateTransitionHistory);
const lastId = (status: JsonObject): number => Math.max(-1, ...Object.keys(historyOf(status)).map(Number));

/** `status` with one more state (`appendNewState`). */
export function appended(status: JsonObject, state: NewState, now: string): JsonObject {
  const current = entry(state, now);
  const stateTransitionHistory = { ...historyOf(status), [lastId(status) + 1]: current };
  return { ...status, currentState: current, stateTransitionHistory };
}

/** The states of the present attempt, oldest first. */
export function statesOf(status: JsonObject): JsonObject[] {
  const history = historyOf(status);
  return Object.keys(history)
    .sort((one, other) => Number(one) - Number(other))
    .map((id) => objectOf(history[id]));
}

/** The last state before the application was terminated; the present one while it is not. */
export function lastBeforeEnd(status: JsonObject): JsonObject {
  return statesOf(status).findLast((state) => !isTerminated(textOf(state.currentStateSummary))) ?? objectOf(status.currentState);
}

/** The state the last attempt ended in; '' in the first one. */
export function endOfLastAttempt(object: JsonObject): string {
  const previous = objectOf(at(object, 'status', 'previousAttemptSummary'));
  return textOf(statesOf(previous).at(-1)?.currentStateSummary);
}

/**
 * What follows once the pods of a stopped attempt are released: the next attempt, or the end (`terminateOrRestart`). The history
 * is trimmed to the present attempt, as the operator does unless it is told otherwise; `said` goes into the message.
 */
export function afterRelease(application: JsonObject, said: string, now: string): JsonObject {
  const status = objectOf(application.status);
  const word = wordOf(application);
  if (!restartsAfter(application, word)) return appended(status, lastState(application, word, said), now);
  const info = attemptInfo(status);
  const exceeded = limitExceeded(application, info, word);
  if (exceeded !== null) return appended(status, lastState(application, word, exceeded + said), now);
  const state = entry({ word: 'ScheduledToRestart', message: said }, now);
  return {
    currentState: state,
    stateTransitionHistory: { [lastId(status) + 1]: state },
    previousAttemptSummary: { attemptInfo: info, stateTransitionHistory: historyOf(status) },
    currentAttemptSummary: { attemptInfo: nextAttempt(info, word) },
  };
}

/** Where pods were to stay the operator says that they did, although it has released them for a restart that does not come. */
function lastState(application: JsonObject, word: string, message: string): NewState {
  return retainsAfter(application, word)
    ? { word: 'TerminatedWithoutReleaseResources', message: messages.retained + message }
    : { word: 'ResourceReleased', message };
}

type AttemptInfo = typeof firstAttempt;

function attemptInfo(status: JsonObject): AttemptInfo {
  const info = objectOf(at(status, 'currentAttemptSummary', 'attemptInfo'));
  const count = (name: keyof AttemptInfo): number => numberOf(info[name], 0);
  return {
    id: count('id'),
    restartCounter: count('restartCounter'),
    failureRestartCounter: count('failureRestartCounter'),
    schedulingFailureRestartCounter: count('schedulingFailureRestartCounter'),
  };
}

/** Failures and refusals count in a row only. */
function nextAttempt(info: AttemptInfo, word: string): AttemptInfo {
  return {
    id: info.id + 1,
    restartCounter: info.restartCounter + 1,
    failureRestartCounter: isFailure(word) ? info.failureRestartCounter + 1 : 0,
    schedulingFailureRestartCounter: word === 'SchedulingFailure' ? info.schedulingFailureRestartCounter + 1 : 0,
  };
}

function limitExceeded(application: JsonObject, info: AttemptInfo, word: string): string | null {
  const limits = restartLimitsOf(application);
  if (info.restartCounter >= limits.all) return messages.restartsExceeded(limits.all);
  if (word === 'SchedulingFailure' && info.schedulingFailureRestartCounter >= limits.refusals) {
    return messages.schedulingRestartsExceeded(limits.refusals);
  }
  if (isFailure(word) && info.failureRestartCounter >= limits.failures) return messages.failureRestartsExceeded(limits.failures);
  return null;
}

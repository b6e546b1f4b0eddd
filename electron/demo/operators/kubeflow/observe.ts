import { at, isObject, type JsonObject, listOf, nameOf, numberOf, objectOf, textOf } from '../../json.ts';
import type { Action, Seen } from './step.ts';
import { type DriverState, type ExecutorState, toldOfDriver, toldOfExecutor } from './story.ts';

/** Seconds after the start of a submission in which a missing driver pod is forgiven. */
export const GRACE = 10;

const stateOfDriver: Record<DriverState, string> = {
  PENDING: 'SUBMITTED',
  RUNNING: 'RUNNING',
  COMPLETED: 'SUCCEEDING',
  FAILED: 'FAILING',
  UNKNOWN: 'UNKNOWN',
};

/** How the container named `name` ended; null while it has not. */
function terminationOf(pod: JsonObject, name: RegExp): JsonObject | null {
  const status = listOf(at(pod, 'status', 'containerStatuses')).find((one) => name.test(textOf(at(one, 'name'))));
  const terminated = at(status, 'state', 'terminated');
  return isObject(terminated) ? terminated : null;
}

/** A driver is judged by its container, so it can have ended before its pod changes phase, or while a sidecar goes on. */
function driverStateOf(pod: JsonObject): DriverState {
  const ended = terminationOf(pod, /^spark-kubernetes-driver$/);
  switch (textOf(at(pod, 'status', 'phase'))) {
    case 'Pending':
      return 'PENDING';
    case 'Running':
      if (ended === null) return 'RUNNING';
      return ended.exitCode === 0 ? 'COMPLETED' : 'FAILED';
    case 'Succeeded':
      return 'COMPLETED';
    case 'Failed':
      return ended?.exitCode === 0 ? 'COMPLETED' : 'FAILED';
    default:
      return 'UNKNOWN';
  }
}

function driverFailure(pod: JsonObject): string {
  const ended = terminationOf(pod, /^spark-kubernetes-driver$/);
  if (ended === null) return 'driver container status missing';
  return `driver container failed with ExitCode: ${numberOf(ended.exitCode, 0)}, Reason: ${textOf(ended.reason)}`;
}

/** The status after a look at the driver and then the executors, and what there is to tell; null inside the grace period of a missing driver. */
export function observe(seen: Seen, status: JsonObject): { status: JsonObject; told: Action[] } | null {
  const { driver, now } = seen;
  const state = textOf(at(status, 'applicationState', 'state'));
  if (driver === null) {
    if (state === 'SUBMITTED' && seen.sinceSubmission <= GRACE) return null;
    const gone = { applicationState: { state: 'FAILING', errorMessage: 'driver pod not found' }, terminationTime: now };
    return observeExecutors(seen, { ...status, ...gone });
  }
  const found = driverStateOf(driver);
  const next = stateOfDriver[found];
  const ended = found === 'COMPLETED' || found === 'FAILED';
  const told = next === state ? [] : [toldOfDriver(nameOf(driver), found)];
  const executors = observeExecutors(seen, {
    ...status,
    applicationState: found === 'FAILED' ? { errorMessage: driverFailure(driver), state: next } : { state: next },
    sparkApplicationId: textOf(at(driver, 'metadata', 'labels', 'spark-app-selector')),
    ...(ended && textOf(status.terminationTime) === '' ? { terminationTime: now } : {}),
  });
  return { status: executors.status, told: [...told, ...executors.told] };
}

const stateOfPhase: Record<string, ExecutorState> = {
  Pending: 'PENDING',
  Running: 'RUNNING',
  Succeeded: 'COMPLETED',
  Failed: 'FAILED',
};

/**
 * `executorState` by the phases of the executors' pods, with an event for each change; also after the end of the application, where
 * it alone is still corrected. Of one that is gone without having ended, only the application's own state can be told.
 */
export function observeExecutors(seen: Seen, status: JsonObject): { status: JsonObject; told: Action[] } {
  const before = objectOf(status.executorState);
  const now: JsonObject = { ...before };
  const told: Action[] = [];
  for (const pod of seen.executors) {
    const name = nameOf(pod);
    const state = stateOfPhase[textOf(at(pod, 'status', 'phase'))] ?? 'UNKNOWN';
    if (before[name] !== state) told.push(toldOfExecutor(name, state, executorFailure(pod)));
    now[name] = state;
  }
  const there = new Set(seen.executors.map(nameOf));
  for (const [name, state] of Object.entries(before)) {
    if (!there.has(name) && state !== 'COMPLETED' && state !== 'FAILED') now[name] = stateWhenGone(status);
  }
  return { status: Object.keys(now).length === 0 ? status : { ...status, executorState: now }, told };
}

function stateWhenGone(status: JsonObject): ExecutorState {
  const state = textOf(at(status, 'applicationState', 'state'));
  if (state === 'RUNNING') return 'UNKNOWN';
  return state === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
}

function executorFailure(pod: JsonObject): string {
  const ended = terminationOf(pod, /^(spark-kubernetes-)?executor$/);
  const how =
    ended === null ? 'ExitCode: -1, Reason: ' : `ExitCode: ${numberOf(ended.exitCode, 0)}, Reason: ${textOf(ended.reason)}`;
  return `with ${how}, Pod Message: ${textOf(at(pod, 'status', 'message'))}`;
}

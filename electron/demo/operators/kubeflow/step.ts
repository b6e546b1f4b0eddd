import { at, type JsonObject, nameOf, numberOf, objectOf, textOf } from '../../json.ts';
import { uiPortsOf } from './names.ts';
import { observe, observeExecutors } from './observe.ts';
import { retriesLeft, runsForever, untilRetry } from './restart.ts';
import { toldOfState } from './story.ts';

/** All that one pass over an application looks at. */
export interface Seen {
  application: JsonObject;
  /** The pod with the driver's name, whichever submission made it. */
  driver: JsonObject | null;
  /** Executor pods of the submission that the status names. */
  executors: JsonObject[];
  uiService: JsonObject | null;
  /** The time as statuses have it. */
  now: string;
  /** Seconds of the cluster since lastSubmissionAttemptTime and since terminationTime; 0 where there is none. */
  sinceSubmission: number;
  sinceTermination: number;
}

/** What a pass does, in this order. */
export type Action =
  | { do: 'status'; status: JsonObject }
  | { do: 'tell'; type: 'Normal' | 'Warning'; reason: string; message: string }
  /** Runs spark-submit; its outcome is a pass of its own. */
  | { do: 'submit' }
  | { do: 'create UI service' }
  /** The driver pod and the UI service; everything else goes with the driver. */
  | { do: 'delete resources' }
  | { do: 'delete application' }
  /** Another pass after so many seconds. */
  | { do: 'wake'; seconds: number }
  /** The pass failed: another one later, and later each time. */
  | { do: 'back off'; why: string };

const ended = new Set(['COMPLETED', 'FAILED']);
const suspension = new Set(['SUSPENDING', 'SUSPENDED']);
const observed = new Set(['SUBMITTED', 'RUNNING', 'UNKNOWN']);

export const stateOf = (application: JsonObject): string => textOf(at(application, 'status', 'applicationState', 'state'));

/**
 * One pass of the operator over one application: from what is there to what is done about it. Nothing here remembers anything.
 *
 *     New ─┬─> SUBMITTED ──> RUNNING ──> SUCCEEDING ──> COMPLETED        INVALIDATING (a spec was edited, in any state)
 *          │       │  └─────────┴─────────> FAILING ──> FAILED                └──> PENDING_RERUN
 *          │       └> UNKNOWN (driver's node lost)  └─> PENDING_RERUN ──> SUBMITTED
 *          └─> SUBMISSION_FAILED ──> SUBMITTED, SUBMISSION_FAILED, FAILED    SUSPENDING ──> SUSPENDED ──> RESUMING ──> SUBMITTED
 */
export function step(seen: Seen): Action[] {
  const { application } = seen;
  const state = stateOf(application);
  const status = objectOf(application.status);
  const suspend = at(application, 'spec', 'suspend') === true;
  if (suspend && !ended.has(state) && !suspension.has(state)) return [to(status, 'SUSPENDING')];
  if (observed.has(state)) return look(seen, status, state);
  switch (state) {
    case '':
    case 'RESUMING':
      return [{ do: 'submit' }];
    case 'SUCCEEDING':
      return runsForever(application) ? rerun(status) : [to(status, 'COMPLETED')];
    case 'FAILING':
      return afterFailure(seen, status);
    case 'SUBMISSION_FAILED':
      return afterRefusal(seen, status);
    case 'PENDING_RERUN':
      // Without leftovers' end there is no other pass: nothing but the deletion of the driver wakes the operator.
      return hasLeftovers(seen) ? [] : [...telling(application, state), { do: 'submit' }];
    case 'INVALIDATING':
      return rerun(fromTheStart(status));
    case 'SUSPENDING':
      return [...telling(application, state), { do: 'delete resources' }, { do: 'status', status: emptied(status, 'SUSPENDED') }];
    case 'SUSPENDED':
      return hasLeftovers(seen) ? [] : [...telling(application, state), ...(suspend ? [] : resume(application, status))];
    default:
      return afterEnd(seen, status);
  }
}

const to = (status: JsonObject, state: string): Action => ({
  do: 'status',
  status: { ...status, applicationState: { ...objectOf(status.applicationState), state } },
});

function telling(application: JsonObject, state: string, errorMessage = ''): Action[] {
  const told = toldOfState(application, state, errorMessage);
  return told === null ? [] : [told];
}

const hasLeftovers = ({ driver, uiService }: Seen): boolean => driver !== null || uiService !== null;

/** What the last run left in the status goes; attempts and the submission's id stay. */
function emptied(status: JsonObject, state: string): JsonObject {
  const { executorState: _, sparkApplicationId: _id, ...rest } = status;
  return { ...rest, applicationState: { state }, driverInfo: {}, terminationTime: null };
}

/** An edited application counts its attempts anew. */
function fromTheStart(status: JsonObject): JsonObject {
  const { executionAttempts: _, submissionAttempts: _submissions, ...rest } = status;
  return { ...rest, lastSubmissionAttemptTime: null };
}

const rerun = (status: JsonObject): Action[] => [
  { do: 'delete resources' },
  { do: 'status', status: emptied(status, 'PENDING_RERUN') },
];

const resume = (application: JsonObject, status: JsonObject): Action[] => [
  to(status, 'RESUMING'),
  ...telling(application, 'RESUMING'),
];

function look(seen: Seen, status: JsonObject, state: string): Action[] {
  const { application, driver, uiService } = seen;
  if (state === 'SUBMITTED' && driver !== null && uiService === null) return [{ do: 'create UI service' }];
  const result = observe(seen, status);
  if (result === null) return [{ do: 'back off', why: 'driver pod not found, while inside the grace period' }];
  const found = { ...result.status, driverInfo: driverInfo(application, result.status, uiService) };
  return [...result.told, { do: 'status', status: found }];
}

function driverInfo(application: JsonObject, status: JsonObject, service: JsonObject | null): JsonObject {
  const known = objectOf(status.driverInfo);
  if (service === null) return known;
  const port = uiPortsOf(application).service;
  const webUIAddress = `${textOf(at(service, 'spec', 'clusterIP'))}:${port}`;
  return { ...known, webUIAddress, webUIPort: port, webUIServiceName: nameOf(service) };
}

function afterFailure(seen: Seen, status: JsonObject): Action[] {
  const { application, sinceSubmission } = seen;
  if (!retriesLeft(application, 'run')) return [to(status, 'FAILED')];
  const wait = untilRetry(application, 'run', sinceSubmission);
  if (wait === null) return [{ do: 'back off', why: 'retry interval or last attempt time or attempts done is nil' }];
  return wait > 0 ? [{ do: 'wake', seconds: wait }] : rerun(status);
}

function afterRefusal(seen: Seen, status: JsonObject): Action[] {
  const { application, now, sinceSubmission } = seen;
  if (!retriesLeft(application, 'submission')) {
    const message = textOf(at(status, 'applicationState', 'errorMessage'));
    return [...telling(application, 'FAILED', message), to({ ...status, terminationTime: now }, 'FAILED')];
  }
  const wait = untilRetry(application, 'submission', sinceSubmission);
  if (wait === null) return [{ do: 'back off', why: 'retry interval or last attempt time or attempts done is nil' }];
  if (wait > 0) return [{ do: 'wake', seconds: wait }];
  if (!hasLeftovers(seen)) return [{ do: 'submit' }];
  return [{ do: 'delete resources' }, { do: 'back off', why: 'resources of the last submission need to be deleted' }];
}

function afterEnd(seen: Seen, status: JsonObject): Action[] {
  const { application, sinceTermination } = seen;
  const life = numberOf(at(application, 'spec', 'timeToLiveSeconds'), Number.POSITIVE_INFINITY);
  if (sinceTermination >= life && textOf(status.terminationTime) !== '') return [{ do: 'delete application' }];
  const executors = observeExecutors(seen, status);
  const wake: Action[] = Number.isFinite(life) ? [{ do: 'wake', seconds: life - sinceTermination }] : [];
  return [...executors.told, { do: 'status', status: executors.status }, ...wake];
}

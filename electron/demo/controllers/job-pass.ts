import { jobs, pods } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { at, isObject, type JsonObject, listOf, metadataOf, nameOf, numberOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { conditionOf, createPod, isOver, phaseOf, podsOf, untrack } from './job-pods.ts';
import {
  activeOf,
  isSet,
  type JobView,
  type Moments,
  setCondition,
  startTimeOf,
  tell,
  total,
  viewOf,
  write,
} from './job-view.ts';

/** Seconds until a failed pod is replaced: 10, 20, 40, … at most 600. */
const backoff = (failures: number): number => Math.min(10 * 2 ** (failures - 1), 600);
/** Seconds until a pod that was refused is asked for again. */
const REFUSED = 10;

/** Why a Job is going to fail: reason and message of its conditions. */
interface Failure {
  reason: 'BackoffLimitExceeded' | 'DeadlineExceeded';
  message: string;
}

/** One look at a Job: counts the pods that ended, creates or deletes others, ends the Job. Returns the seconds until the next look is due. */
export function passOver(world: World, job: JsonObject, moments: Moments): number | null {
  const view = viewOf(world, job, moments);
  if (isSet(view, 'Complete') || isSet(view, 'Failed')) return expire(view);
  if (view.spec.suspend === true) {
    suspend(view);
    count(view, null);
    write(view);
    return null;
  }
  resume(view);
  const failure = failureOf(view);
  if (failure !== null) view.uncounted.failed.push(...removeAll(view, activeOf(view)));
  count(view, failure);
  if (failure !== null) fail(view, failure);
  else if (isReached(view)) complete(view);
  else return replenish(view);
  return null;
}

/** Deletes a finished Job when its time to live is over. */
function expire({ elapsed, job, spec, status, world }: JobView): number | null {
  const { ttlSecondsAfterFinished: seconds } = spec;
  const finished = conditionOf({ status }, 'Complete') ?? conditionOf({ status }, 'Failed');
  if (typeof seconds !== 'number') return null;
  const left = seconds - elapsed(`end ${textOf(finished?.lastTransitionTime)}`);
  if (left > 0) return left;
  end(world.store, jobs, job);
  return null;
}

function removeAll(view: JobView, list: JsonObject[]): JsonObject[] {
  for (const pod of list) {
    end(view.world.store, pods, pod);
    tell(view, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`);
  }
  return list;
}

function suspend(view: JobView): void {
  removeAll(view, activeOf(view));
  if (isSet(view, 'Suspended')) return;
  setCondition(view, 'Suspended', 'True', 'JobSuspended', 'Job suspended');
  tell(view, 'Normal', 'Suspended', 'Job suspended');
}

function resume(view: JobView): void {
  const { status, world } = view;
  if (isSet(view, 'Suspended')) {
    setCondition(view, 'Suspended', 'False', 'JobResumed', 'Job resumed');
    tell(view, 'Normal', 'Resumed', 'Job resumed');
    status.startTime = world.time.text();
  }
  status.startTime ??= world.time.text();
}

function failureOf(view: JobView): Failure | null {
  const { activeDeadlineSeconds: deadline, backoffLimit, template } = view.spec;
  const ran = view.elapsed(startTimeOf(view));
  if (isSet(view, 'FailureTarget')) {
    const { message, reason } = conditionOf({ status: view.status }, 'FailureTarget') ?? {};
    return { reason: reason === 'DeadlineExceeded' ? reason : 'BackoffLimitExceeded', message: textOf(message) };
  }
  if (typeof deadline === 'number' && ran >= deadline) {
    return { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
  }
  const limit = numberOf(backoffLimit, 6);
  const restarts = at(template, 'spec', 'restartPolicy') === 'OnFailure' ? restartsOf(activeOf(view)) : 0;
  if (total(view, 'failed') <= limit && (restarts === 0 || restarts < limit)) return null;
  return { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
}

function restartsOf(list: JsonObject[]): number {
  const statuses = list.flatMap((pod) => listOf(at(pod, 'status', 'containerStatuses')).filter(isObject));
  return statuses.reduce((sum, { restartCount }) => sum + numberOf(restartCount, 0), 0);
}

/** Whether enough pods succeeded. Without `completions` one is enough, once nothing runs any more. */
function isReached(view: JobView): boolean {
  const { completions } = view.spec;
  if (typeof completions === 'number') return total(view, 'succeeded') >= completions;
  return total(view, 'succeeded') > 0 && activeOf(view).length === 0;
}

/** In two writes, so that no pod is counted twice: the uids first, then the numbers. */
function count(view: JobView, failure: Failure | null): void {
  const { status, uncounted, world } = view;
  if (failure !== null && !isSet(view, 'FailureTarget')) {
    setCondition(view, 'FailureTarget', 'True', failure.reason, failure.message);
  }
  if (failure === null && isReached(view)) {
    setCondition(view, 'SuccessCriteriaMet', 'True', 'CompletionsReached', 'Reached expected number of succeeded pods');
  }
  const ended = [...uncounted.succeeded, ...uncounted.failed];
  if (ended.length === 0) return;
  const uids = Object.entries(uncounted).flatMap(([side, list]) => (list.length === 0 ? [] : [[side, list.map(uidOf)]]));
  status.uncountedTerminatedPods = Object.fromEntries(uids);
  write(view);
  for (const pod of ended) untrack(world, pod);
  status.uncountedTerminatedPods = {};
  for (const side of ['succeeded', 'failed'] as const) if (total(view, side) > 0) status[side] = total(view, side);
  write(view);
}

/** The Job has failed once its last pod is gone. */
function fail(view: JobView, { message, reason }: Failure): void {
  const gone = podsOf(view.world, view.job).every(isOver);
  if (gone) setCondition(view, 'Failed', 'True', reason, message);
  write(view);
  if (gone) tell(view, 'Warning', reason, message);
}

function complete(view: JobView): void {
  removeAll(view, activeOf(view));
  setCondition(view, 'Complete', 'True', 'CompletionsReached', 'Reached expected number of succeeded pods');
  view.status.completionTime = view.world.time.text();
  write(view);
  tell(view, 'Normal', 'Completed', 'Job completed');
}

/** Creates the pods that are missing and deletes those too many. Returns when to look again. */
function replenish(view: JobView): number | null {
  const { completions, parallelism, activeDeadlineSeconds } = view.spec;
  const active = activeOf(view);
  const open = typeof completions === 'number' ? completions - total(view, 'succeeded') : Number.POSITIVE_INFINITY;
  const draining = typeof completions !== 'number' && total(view, 'succeeded') > 0;
  const wanted = draining ? active.length : Math.min(numberOf(parallelism, 1), open);
  removeAll(view, active.slice(wanted));
  const wait = active.length < wanted ? waitOf(view) : 0;
  let missing = wait > 0 ? 0 : wanted - active.length;
  while (missing > 0 && createPod(view.world, view.job)) missing -= 1;
  write(view);
  const due = [...(wait > 0 ? [wait] : []), ...(missing > 0 && wait <= 0 ? [REFUSED] : [])];
  if (typeof activeDeadlineSeconds === 'number') due.push(activeDeadlineSeconds - view.elapsed(startTimeOf(view)));
  return due.length === 0 ? null : Math.max(Math.min(...due), 0);
}

/** Seconds until the pod that failed last may be replaced. */
function waitOf(view: JobView): number {
  const failures = total(view, 'failed');
  const failed = podsOf(view.world, view.job).filter((pod) => phaseOf(pod) === 'Failed');
  if (failures === 0 || failed.length === 0) return 0;
  const since = failed.map((pod) => view.elapsed(`${uidOf(pod)} ${textOf(metadataOf(pod).creationTimestamp)}`));
  return backoff(failures) - Math.min(...since);
}

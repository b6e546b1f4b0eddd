import { jobs } from '../api/kinds.ts';
import { at, type JsonObject, listOf, numberOf, objectOf, same, textOf } from '../json.ts';
import type { EventType } from '../node/events.ts';
import type { World } from '../world.ts';
import { conditionOf, freshJob, isOver, isReady, isTerminating, isTracked, JOB_CONTROLLER, phaseOf, podsOf } from './job-pods.ts';

type Outcome = 'succeeded' | 'failed';

/** A Job as one pass of its controller sees it, and the status it is going to have. */
export interface JobView {
  world: World;
  job: JsonObject;
  spec: JsonObject;
  status: JsonObject;
  /** Pods that have ended and are not in the counts yet. */
  uncounted: Record<Outcome, JsonObject[]>;
  /** Seconds of the cluster since a time that this Job's controller has read, which is known better than to the second. */
  elapsed(time: string): number;
}

/** Times of a Job as they were when its controller first read them: what is written in whole seconds is too coarse to wait by. */
export type Moments = Map<string, number>;

export function viewOf(world: World, job: JsonObject, moments: Moments): JobView {
  const tracked = podsOf(world, job).filter(isTracked);
  const ended = (phase: string): JsonObject[] => tracked.filter((pod) => phaseOf(pod) === phase);
  return {
    world,
    job,
    spec: objectOf(job.spec),
    status: { ...objectOf(job.status) },
    uncounted: { succeeded: ended('Succeeded'), failed: ended('Failed') },
    elapsed(time) {
      const now = world.time.now();
      const moment = moments.get(time) ?? now;
      moments.set(time, moment);
      return world.time.elapsed(now - moment);
    },
  };
}

export const activeOf = ({ job, world }: JobView): JsonObject[] =>
  podsOf(world, job).filter((pod) => !isOver(pod) && !isTerminating(pod));

export const total = ({ job, uncounted }: JobView, outcome: Outcome): number =>
  numberOf(objectOf(job.status)[outcome], 0) + uncounted[outcome].length;

export const startTimeOf = ({ status }: JobView): string => textOf(status.startTime);

export function tell({ job, world }: JobView, type: EventType, reason: string, message: string): void {
  world.events.record(job, JOB_CONTROLLER, type, reason, message);
}

export const isSet = ({ status }: JobView, type: string): boolean => conditionOf({ status }, type) !== undefined;

export function setCondition(view: JobView, type: string, status: 'True' | 'False', reason: string, message: string): void {
  const now = view.world.time.text();
  const others = listOf(view.status.conditions).filter((one) => at(one, 'type') !== type);
  view.status.conditions = [...others, { type, status, reason, message, lastProbeTime: now, lastTransitionTime: now }];
}

/** Writes the status with the numbers of pods as they are now. */
export function write(view: JobView): void {
  const { job, status, world } = view;
  const live = freshJob(world, job);
  const active = activeOf(view);
  const { active: _, ...rest } = status;
  const next = {
    ...rest,
    ...(active.length === 0 ? {} : { active: active.length }),
    ready: active.filter(isReady).length,
    terminating: podsOf(world, job).filter((pod) => !isOver(pod) && isTerminating(pod)).length,
    uncountedTerminatedPods: status.uncountedTerminatedPods ?? {},
  };
  if (live !== null && !same(live.status, next)) world.store.put(jobs, { ...live, status: next });
}

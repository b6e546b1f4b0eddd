import { jobs, pods } from '../api/kinds.ts';
import { generatedName } from '../api/names.ts';
import { release } from '../api/removal.ts';
import { ApiError } from '../api/status.ts';
import { at, isObject, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';

/** Holds a pod until its end is counted. */
const TRACKING = 'batch.kubernetes.io/job-tracking';
export const JOB_CONTROLLER = 'job-controller';

/** The uid of the Job that controls a pod; empty when none does. */
export function jobUidOf(pod: JsonObject): string {
  const owner = listOf(metadataOf(pod).ownerReferences).find(
    (one) => at(one, 'kind') === 'Job' && at(one, 'controller') === true,
  );
  return textOf(at(owner, 'uid'));
}

export const phaseOf = (pod: JsonObject): string => textOf(at(pod, 'status', 'phase'));
export const isOver = (pod: JsonObject): boolean => /^(Succeeded|Failed)$/.test(phaseOf(pod));
export const isTerminating = (pod: JsonObject): boolean => metadataOf(pod).deletionTimestamp !== undefined;
export const isReady = (pod: JsonObject): boolean =>
  listOf(at(pod, 'status', 'conditions')).some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True');
export const isTracked = (pod: JsonObject): boolean => listOf(metadataOf(pod).finalizers).includes(TRACKING);

/** The pods a Job controls. */
export const podsOf = ({ store }: World, job: JsonObject): JsonObject[] =>
  store.list(pods, namespaceOf(job)).filter((pod) => jobUidOf(pod) === uidOf(job));

/** Creates a pod from the Job's template; false, and an event, when the API server refuses. */
export function createPod(world: World, job: JsonObject): boolean {
  const template = objectOf(at(job, 'spec', 'template'));
  const generateName = `${nameOf(job)}-`;
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: nameOf(job),
    uid: uidOf(job),
    controller: true,
    blockOwnerDeletion: true,
  };
  const metadata = {
    ...metadataOf(template),
    name: generatedName(generateName),
    generateName,
    namespace: namespaceOf(job),
    ownerReferences: [owner],
    finalizers: [TRACKING],
  };
  try {
    const pod = world.create(pods, { apiVersion: 'v1', kind: 'Pod', metadata, spec: objectOf(template.spec) });
    world.events.record(job, JOB_CONTROLLER, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(pod)}`);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.events.record(job, JOB_CONTROLLER, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
    return false;
  }
}

/** Lets a pod go whose end is counted, or whose Job is no more. */
export function untrack({ store }: World, pod: JsonObject): void {
  const live = store.get(pods, namespaceOf(pod), nameOf(pod));
  if (live === null || uidOf(live) !== uidOf(pod) || !isTracked(live)) return;
  const { finalizers, ...metadata } = metadataOf(live);
  const left = listOf(finalizers).filter((finalizer) => finalizer !== TRACKING);
  const freed: JsonObject = { ...live, metadata: { ...metadata, ...(left.length === 0 ? {} : { finalizers: left }) } };
  if (metadata.deletionGracePeriodSeconds === 0) release(store, pods, freed);
  else store.put(pods, freed);
}

/** The Job as it is now; null when it is gone. */
export function freshJob({ store }: World, job: JsonObject): JsonObject | null {
  const live = store.get(jobs, namespaceOf(job), nameOf(job));
  return live !== null && uidOf(live) === uidOf(job) ? live : null;
}

export const conditionOf = (job: JsonObject, type: string): JsonObject | undefined =>
  listOf(at(job, 'status', 'conditions'))
    .filter(isObject)
    .find((one) => one.type === type && one.status === 'True');

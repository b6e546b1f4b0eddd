import { listAt, numberAt, recordAt, textAt } from '../json.ts';
import { parseTime } from '../time.ts';
import { kindOf, type Metadata, metadataOf } from './objects.ts';
import { oneLine, sparkExitWhy, waitingWhy, waitingWord } from './why.ts';

/** What Spark's own container is doing. */
export type ContainerState =
  | { state: 'absent' }
  | { state: 'waiting'; word: string; why: string | null }
  | { state: 'running'; startedAt: number | null }
  | { state: 'ended'; exitCode: number; word: string; why: string; startedAt: number | null; endedAt: number | null };

/** A driver or executor pod in a few fields; times are epoch milliseconds. */
export interface SparkPod {
  metadata: Metadata;
  role: 'driver' | 'executor';
  /** `spark-exec-id` of an executor; the pod's name where the label is missing. */
  executor: string;
  /** `spark-app-selector`: Spark's own application id. */
  sparkApplicationId: string | null;
  phase: string;
  /** `status.reason`: `Evicted`, `NodeLost`. */
  reason: string | null;
  message: string | null;
  node: string | null;
  scheduledAt: number | null;
  /** Message of the scheduler while it finds no node. */
  unschedulable: string | null;
  /**
   * Its node stopped reporting: the node controller took the pod's Ready away and left its phase and its containers' readiness as
   * the kubelet wrote them last, so that it reads as running.
   */
  isLost: boolean;
  container: ContainerState;
}

/** Names of Spark's container, newest first: a sidecar must not be taken for it. */
const containerNames = { driver: ['spark-kubernetes-driver'], executor: ['spark-kubernetes-executor', 'executor'] };

/**
 * Reads a pod by its label `spark-role`; null when it is neither driver nor executor. Spark puts the same labels on its
 * ConfigMaps and Services; items of a list carry no kind, so without one an object with a phase is taken for a pod.
 */
export function sparkPod(object: unknown): SparkPod | null {
  const { group, kind } = kindOf(object);
  if (kind === '' ? textAt(object, 'status', 'phase') === null : kind !== 'Pod' || group !== '') return null;
  const metadata = metadataOf(object);
  const role = metadata.labels['spark-role'];
  if (role !== 'driver' && role !== 'executor') return null;
  const condition = (type: string) => listAt(object, 'status', 'conditions').find((each) => textAt(each, 'type') === type);
  const scheduled = condition('PodScheduled');
  const isScheduled = textAt(scheduled, 'status') === 'True';
  const unschedulable = textAt(scheduled, 'status') === 'False' && textAt(scheduled, 'reason') === 'Unschedulable';
  return {
    metadata,
    role,
    executor: textAt(metadata.labels, 'spark-exec-id') ?? metadata.name,
    sparkApplicationId: textAt(metadata.labels, 'spark-app-selector'),
    phase: textAt(object, 'status', 'phase') ?? 'Unknown',
    reason: textAt(object, 'status', 'reason'),
    message: textAt(object, 'status', 'message'),
    node: textAt(object, 'spec', 'nodeName'),
    scheduledAt: isScheduled ? parseTime(textAt(scheduled, 'lastTransitionTime')) : null,
    unschedulable: unschedulable ? (oneLine(textAt(scheduled, 'message')) ?? 'no node fits') : null,
    isLost: textAt(condition('Ready'), 'status') === 'False' && textAt(condition('ContainersReady'), 'status') === 'True',
    container: containerState(object, containerNames[role]),
  };
}

function containerState(object: unknown, names: readonly string[]): ContainerState {
  const statuses = listAt(object, 'status', 'containerStatuses');
  const status =
    statuses.find((candidate) => names.includes(textAt(candidate, 'name') ?? '')) ??
    (statuses.length === 1 ? statuses[0] : undefined);
  const { waiting, running, terminated } = recordAt(status, 'state');
  if (terminated !== undefined && terminated !== null) {
    const exitCode = numberAt(terminated, 'exitCode') ?? 0;
    const reason = textAt(terminated, 'reason');
    return {
      state: 'ended',
      exitCode,
      word: reason === null || reason === 'Error' || reason === 'Completed' ? `exit ${exitCode}` : reason,
      why: sparkExitWhy(exitCode, reason, textAt(terminated, 'message')),
      startedAt: parseTime(textAt(terminated, 'startedAt')),
      endedAt: parseTime(textAt(terminated, 'finishedAt')),
    };
  }
  if (running !== undefined && running !== null) return { state: 'running', startedAt: parseTime(textAt(running, 'startedAt')) };
  const reason = textAt(waiting, 'reason');
  if (reason === null) return { state: 'absent' };
  return {
    state: 'waiting',
    word: waitingWord(reason),
    why: waitingWhy(reason, textAt(waiting, 'message'), textAt(status, 'image')),
  };
}

/** Why the pod does not run yet, in one line; null when nothing is known to be wrong. */
export function pendingWhy(pod: SparkPod): string | null {
  if (pod.phase !== 'Pending') return null;
  if (pod.unschedulable !== null) return oneLine(`Unschedulable: ${pod.unschedulable}`);
  return pod.container.state === 'waiting' ? pod.container.why : null;
}

/**
 * Why the pod ended badly, in one line. A pod that is deleted gracefully ends with exit 143 (SIGTERM) and carries a
 * deletionTimestamp: somebody deleted it, the program did not fail.
 */
export function endWhy(pod: SparkPod): string | null {
  const { container } = pod;
  if (container.state === 'ended') {
    if (container.exitCode === 143 && pod.metadata.deletionAt !== null) return `${pod.role} pod was deleted (exit 143)`;
    return container.exitCode === 0 ? null : container.why;
  }
  if (pod.phase !== 'Failed') return null;
  return oneLine([pod.reason ?? 'Failed', pod.message].filter((part) => part !== null).join(': '));
}

/** Spark pods among `objects`, oldest first (then by name, so that the order does not hang on arrival). */
export function sparkPods(objects: readonly unknown[]): SparkPod[] {
  return objects
    .map(sparkPod)
    .filter((pod) => pod !== null)
    .sort((a, b) => (a.metadata.createdAt ?? 0) - (b.metadata.createdAt ?? 0) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** The newest driver among `pods` (as {@link sparkPods} orders them). */
export function newestDriver(pods: readonly SparkPod[]): SparkPod | null {
  return pods.findLast((pod) => pod.role === 'driver') ?? null;
}

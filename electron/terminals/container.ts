import { listAt, numberAt, recordAt, textAt } from '../../shared/json.ts';
import { exitWhy, oneLine } from '../../shared/spark/why.ts';
import type { ApiObject } from '../watch/index.ts';

/** Spark's own containers, by Spark's versions. */
const SPARK = ['spark-kubernetes-driver', 'spark-kubernetes-executor', 'executor'];

/** The container that is meant when none is named: Spark's, the one of kubectl's annotation, the first; null when there is none. */
export function meantContainer(pod: ApiObject): string | null {
  const names = listAt(pod, 'spec', 'containers').map((container) => textAt(container, 'name'));
  const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  return [...SPARK, annotated].find((name) => name !== undefined && names.includes(name)) ?? names[0] ?? null;
}

/** The running instance of a container, as the runtime names it; null when it does not run. */
export function containerInstance(pod: ApiObject, container: string): string | null {
  const status = statusOf(pod, container);
  return 'running' in recordAt(status, 'state') ? textAt(status, 'containerID') : null;
}

/**
 * Why the instance of a container that was there is over, in one line; null while it may still run. `gone`: the pod was deleted,
 * `pod` is its last state.
 */
export function whyOver(pod: ApiObject, container: string, instance: string | null, gone: boolean): string | null {
  const deleted = gone || pod.metadata.deletionTimestamp !== undefined;
  const reason = textAt(pod, 'status', 'reason');
  const failed = textAt(pod, 'status', 'phase') === 'Failed' && reason !== null;
  if (failed) return oneLine([reason, textAt(pod, 'status', 'message')].filter((part) => part !== null).join(': '));
  const end = endOf(statusOf(pod, container), instance);
  if (end !== null && !(deleted && end.code === 143)) return end.why;
  if (end === null && !gone) return null;
  const isExecutor = pod.metadata.labels?.['spark-role'] === 'executor';
  return isExecutor ? 'the executor was removed: scaled down, or its application is over' : 'the pod was deleted';
}

function statusOf(pod: ApiObject, container: string): unknown {
  return listAt(pod, 'status', 'containerStatuses').find((status) => textAt(status, 'name') === container);
}

function endOf(status: unknown, instance: string | null): { code: number; why: string } | null {
  const present = recordAt(status, 'state').terminated;
  const isAnother = instance !== null && textAt(status, 'containerID') !== instance;
  const terminated = present ?? (isAnother ? recordAt(status, 'lastState').terminated : undefined);
  if (terminated === undefined || terminated === null) return null;
  const code = numberAt(terminated, 'exitCode') ?? 0;
  return { code, why: exitWhy(code, textAt(terminated, 'reason'), textAt(terminated, 'message')) };
}

import { listAt, numberAt, recordAt, textAt } from '../../shared/json.ts';
import { pendingWhy, sparkPod } from '../../shared/spark/pods.ts';
import { waitingWhy } from '../../shared/spark/why.ts';
import type { Standing } from './follow.ts';

/** One start of a container, as the pod's status tells of it. */
export interface ContainerInstance {
  container: string;
  /** How often the container had been started before. */
  restart: number;
  /** `pending`: it has not started, and has no log yet. */
  standing: Exclude<Standing, 'gone'> | 'pending';
  /** Why it has not started, in Kubernetes' words. */
  why: string | null;
}

/** The containers Spark gives its own work to; others are sidecars. */
export const isSparkContainer = (name: string): boolean => /^(spark-kubernetes-(driver|executor)|executor)$/.test(name);

/**
 * The instances whose log the kubelet has: of each container the present one and, after a restart, the one before. Containers that
 * the status does not name yet are those of the spec.
 */
export function instancesOf(pod: unknown): ContainerInstance[] {
  const statuses = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')];
  const named = new Set(statuses.map((status) => textAt(status, 'name')));
  const read = sparkPod(pod);
  const why = read === null ? null : pendingWhy(read);
  const unnamed = listAt(pod, 'spec', 'containers')
    .map((container) => textAt(container, 'name') ?? '')
    .filter((name) => name !== '' && !named.has(name));
  return [
    ...statuses.flatMap(ofStatus),
    ...unnamed.map((container) => ({ container, restart: 0, standing: 'pending' as const, why })),
  ];
}

function ofStatus(status: unknown): ContainerInstance[] {
  const container = textAt(status, 'name');
  if (container === null) return [];
  const restart = numberAt(status, 'restartCount') ?? 0;
  const { running, terminated, waiting } = recordAt(status, 'state');
  const before = recordAt(status, 'lastState').terminated;
  const present = (standing: ContainerInstance['standing'], why: string | null = null) => ({ container, restart, standing, why });
  // Until a container is started again, its ended instance is the present one.
  if (running === undefined && terminated === undefined) {
    if (before !== undefined) return [present('ended')];
    const reason = textAt(waiting, 'reason');
    return [present('pending', reason === null ? null : waitingWhy(reason, textAt(waiting, 'message'), textAt(status, 'image')))];
  }
  const now = present(running === undefined ? 'ended' : 'running');
  return before === undefined || restart === 0 ? [now] : [{ ...now, restart: restart - 1, standing: 'replaced' }, now];
}

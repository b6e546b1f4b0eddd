import type { ApplicationPod } from '../../../shared/contract/applications.ts';

/** Pods whose container runs: the driver first, then the executors by number. */
export function runningPods(pods: readonly ApplicationPod[]): ApplicationPod[] {
  const place = (pod: ApplicationPod) => (pod.role === 'driver' ? -1 : Number(/-exec-(\d+)$/.exec(pod.name)?.[1] ?? 0));
  return pods.filter(({ startedAt, endedAt }) => startedAt !== null && endedAt === null).sort((a, b) => place(a) - place(b));
}

/** `driver`, `exec-3`; an executor whose pod has a name of another kind goes by all of it. */
export function roleOf({ role, name }: ApplicationPod): string {
  return role === 'driver' ? 'driver' : (/exec-\d+$/.exec(name)?.[0] ?? name);
}

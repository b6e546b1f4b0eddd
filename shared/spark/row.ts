import type { ApplicationPod, ApplicationRow } from '../contract/applications.ts';
import { metadataOf } from './objects.ts';
import { operators } from './operators/index.ts';
import { type SparkPod, sparkPods } from './pods.ts';
import type { Operator } from './state.ts';

/**
 * The row of one application from its object and its pods (those `ownsPod` is true for, in any order).
 *
 * Executors read "running / wanted". Running: executor pods whose container runs on a node that answers. Wanted: the instances the spec asks for;
 * with dynamic allocation, where the driver asks as it goes, the executors that are there and have not ended; for plain
 * spark-submit, which leaves no spec, those that were ever seen. It is never less than what runs.
 */
export function applicationRow(operator: Operator, object: unknown, pods: readonly unknown[]): ApplicationRow {
  const adapter = operators[operator];
  const metadata = metadataOf(object);
  const isRunning = (pod: SparkPod) => pod.role === 'executor' && pod.container.state === 'running' && !pod.isLost;
  const running = sparkPods(pods).filter(isRunning).length;
  return {
    uid: metadata.uid,
    operator,
    namespace: metadata.namespace,
    name: adapter.applicationName(object),
    state: adapter.state(object, pods),
    createdAt: metadata.createdAt ?? 0,
    startedAt: adapter.startedAt(object, pods),
    endedAt: adapter.endedAt(object, pods),
    attempts: adapter.attempts(object),
    attemptsMost: adapter.attemptsMost(object),
    executors: { running, total: Math.max(running, adapter.wantedExecutors(object, pods)) },
  };
}

/** Driver and executors for the page: drivers first, then executors by number, older before newer. */
export function applicationPods(pods: readonly unknown[]): ApplicationPod[] {
  const rank = (pod: SparkPod) => (pod.role === 'driver' ? -1 : Number.parseInt(pod.executor, 10) || 0);
  return sparkPods(pods)
    .sort((a, b) => rank(a) - rank(b))
    .map(applicationPod);
}

function applicationPod(pod: SparkPod): ApplicationPod {
  const { container, metadata } = pod;
  const hasStarted = container.state === 'running' || container.state === 'ended';
  return {
    uid: metadata.uid,
    name: metadata.name,
    role: pod.role,
    status: status(pod),
    node: pod.node,
    createdAt: metadata.createdAt ?? 0,
    startedAt: hasStarted ? container.startedAt : null,
    endedAt: container.state === 'ended' ? container.endedAt : null,
    exitCode: container.state === 'ended' ? container.exitCode : null,
  };
}

function status({ container, isLost, metadata, phase, reason }: SparkPod): string {
  if (container.state === 'running' && metadata.deletionAt !== null) return 'Terminating';
  if (container.state === 'running' && isLost) return 'Node lost';
  if (container.state === 'waiting') return container.word;
  if (container.state === 'ended')
    return container.word.startsWith('exit ') ? (container.exitCode === 0 ? 'Completed' : 'Error') : container.word;
  return phase === 'Failed' ? (reason ?? phase) : phase;
}

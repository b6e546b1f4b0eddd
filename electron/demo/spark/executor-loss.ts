import { at, isObject, type JsonObject, labelsOf, listOf, metadataOf, numberOf, textOf } from '../json.ts';

/** How an executor was lost, as the driver makes it out of the pod. */
export interface ExecutorLoss {
  reason: string;
  /** Whether it counts towards `spark.executor.maxNumFailures`: a pod that somebody deletes does not. */
  counts: boolean;
}

const meanings: Record<number, string> = {
  1: '(unexpected)',
  50: '(uncaught exception)',
  51: '(uncaught exception, logging failed)',
  52: '(JVM OOM)',
  137: '(SIGKILL, possible container OOM)',
  139: '(SIGSEGV: that is unexpected)',
  143: '(SIGTERM, possible container being removed)',
};

/** What `ExecutorPodsLifecycleManager` says of a pod; null while the executor may still be alive. */
export function lossOf(pod: JsonObject, gone: boolean): ExecutorLoss | null {
  const id = textOf(labelsOf(pod)['spark-exec-id']);
  const phase = textOf(at(pod, 'status', 'phase'));
  const ended = phase === 'Failed' || phase === 'Succeeded';
  if (gone || (ended && metadataOf(pod).deletionTimestamp !== undefined)) {
    return { reason: `The executor with id ${id} was deleted by a user or the framework.`, counts: false };
  }
  if (!ended) return null;
  const statuses = listOf(at(pod, 'status', 'containerStatuses')).filter(isObject);
  const code = numberOf(at(statuses[0], 'state', 'terminated', 'exitCode'), 1);
  const why = [textOf(at(pod, 'status', 'reason')), textOf(at(pod, 'status', 'message'))].map((text) => text || '');
  const head = `The executor with id ${id} exited with exit code ${code}${meanings[code] ?? ''}.`;
  const containers = statuses.map(containerText).join('\n\n');
  const reason = `\n${head}\n${why[0]}\n${why[1]}\n\nThe API gave the following container statuses:\n\n\n${containers}\n      `;
  return { reason, counts: phase === 'Failed' };
}

function containerText(status: JsonObject): string {
  const terminated = at(status, 'state', 'terminated');
  const lines = [
    ['container name', textOf(status.name)],
    ['container image', textOf(status.image)],
    ['container state', terminated === undefined ? 'running' : 'terminated'],
    ['container started at', textOf(at(terminated, 'startedAt'))],
    ['container finished at', textOf(at(terminated, 'finishedAt'))],
    ['exit code', String(numberOf(at(terminated, 'exitCode'), 0))],
    ['termination reason', textOf(at(terminated, 'reason'))],
  ];
  return lines.map(([name, value]) => `\t ${name}: ${value}`).join('\n');
}

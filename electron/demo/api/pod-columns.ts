import { at, type Json, type JsonObject, listOf, metadataOf, numberOf, objectOf, textOf } from '../json.ts';
import { ageText } from './age.ts';

/** What `kubectl get pods` shows of a pod besides name, age and place. */
export interface PodSummary {
  ready: string;
  status: string;
  restarts: string;
}

/** Summarises a pod by the rules of the API server's printer (pkg/printers/internalversion, printPod). */
export function summarise(pod: JsonObject, now: number): PodSummary {
  const containers = listOf(at(pod, 'spec', 'containers'));
  const statuses = listOf(at(pod, 'status', 'containerStatuses')).map(objectOf);
  const phase = textOf(at(pod, 'status', 'phase'));
  const reason = textOf(at(pod, 'status', 'reason'));
  const initial = initReason(pod);
  let status = initial ?? (reason || phase);
  let ready = 0;
  if (initial === null) {
    for (const container of statuses.toReversed()) status = containerReason(container) ?? status;
    ready = statuses.filter(isReady).length;
    if (status === 'Completed' && ready > 0) status = isPodReady(pod) ? 'Running' : 'NotReady';
  }
  if (metadataOf(pod).deletionTimestamp !== undefined) {
    if (reason === 'NodeLost') status = 'Unknown';
    else if (phase !== 'Succeeded' && phase !== 'Failed') status = 'Terminating';
  }
  return { ready: `${ready}/${containers.length}`, status, restarts: restartsText(statuses, now) };
}

const isReady = (container: JsonObject): boolean => container.ready === true && at(container, 'state', 'running') !== undefined;

function containerReason(container: JsonObject): string | null {
  const waiting = textOf(at(container, 'state', 'waiting', 'reason'));
  if (waiting !== '') return waiting;
  const ended = at(container, 'state', 'terminated');
  return ended === undefined ? null : endReason(objectOf(ended));
}

function endReason(ended: JsonObject): string {
  if (textOf(ended.reason) !== '') return textOf(ended.reason);
  const signal = numberOf(ended.signal, 0);
  return signal === 0 ? `ExitCode:${numberOf(ended.exitCode, 0)}` : `Signal:${signal}`;
}

/** The first init container that is not done, or null when none holds the pod up. */
function initReason(pod: JsonObject): string | null {
  const total = listOf(at(pod, 'spec', 'initContainers')).length;
  for (const [index, entry] of listOf(at(pod, 'status', 'initContainerStatuses')).entries()) {
    const ended = at(entry, 'state', 'terminated');
    if (ended !== undefined && at(ended, 'exitCode') === 0) continue;
    if (ended !== undefined) return `Init:${endReason(objectOf(ended))}`;
    const waiting = textOf(at(entry, 'state', 'waiting', 'reason'));
    return waiting === '' || waiting === 'PodInitializing' ? `Init:${index}/${total}` : `Init:${waiting}`;
  }
  return null;
}

const isPodReady = (pod: JsonObject): boolean =>
  listOf(at(pod, 'status', 'conditions')).some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True');

function restartsText(statuses: JsonObject[], now: number): string {
  const count = statuses.reduce((sum, container) => sum + numberOf(container.restartCount, 0), 0);
  const ends = statuses.map((container) => textOf(at(container, 'lastState', 'terminated', 'finishedAt')));
  const last = ends.sort().at(-1) ?? '';
  return count === 0 || last === '' ? String(count) : `${count} (${ageText(last, now)} ago)`;
}

/** What a pod that has ended says of itself beside its row. */
export function rowConditions(pod: JsonObject): Json[] | null {
  const phase = textOf(at(pod, 'status', 'phase'));
  const message = { Succeeded: 'The pod has completed successfully.', Failed: 'The pod failed.' }[phase];
  return message === undefined ? null : [{ type: 'Completed', status: 'True', reason: phase, message }];
}

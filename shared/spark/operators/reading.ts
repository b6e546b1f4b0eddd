import { field, textAt } from '../../json.ts';
import { metadataOf } from '../objects.ts';
import { newestDriver, pendingWhy, type SparkPod, sparkPods } from '../pods.ts';
import { oneLine } from '../why.ts';

/** A key of `spec.sparkConf` as text (numbers and booleans are written out), or null. */
export function sparkConf(object: unknown, key: string): string | null {
  const value = field(object, 'spec', 'sparkConf', key);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : null;
}

/** A whole number, 0 or more, from a text such as a value of `sparkConf`; null when it is none. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}

/** `spark.ui.port`, 4040 without it. `sparkConfigMap` is not consulted, as the Kubeflow operator does not either. */
export function uiPortOf(object: unknown): number {
  const port = wholeNumber(sparkConf(object, 'spark.ui.port'));
  return port !== null && port > 0 && port < 65_536 ? port : 4040;
}

/** False only for `spark.ui.enabled=false`. */
export function uiEnabledOf(object: unknown): boolean {
  return sparkConf(object, 'spark.ui.enabled')?.trim().toLowerCase() !== 'false';
}

/**
 * Whether a pod that names its application by a label is owned by this very object: a pod of an earlier object of the same
 * name carries the uid of that one.
 */
export function ownedBy(object: unknown, pod: unknown, nameInLabel: string | null, group: string): boolean {
  const application = metadataOf(object);
  if (nameInLabel === null || nameInLabel !== application.name) return false;
  const { namespace, owners } = metadataOf(pod);
  if (namespace !== application.namespace) return false;
  const owner = owners.find((candidate) => candidate.kind === 'SparkApplication' && candidate.group === group);
  return owner === undefined || owner.uid === '' || application.uid === '' || owner.uid === application.uid;
}

/** A label of a pod as text. */
export function labelOf(pod: unknown, label: string): string | null {
  return textAt(pod, 'metadata', 'labels', label);
}

/** The newest driver's name. */
export function newestDriverName(pods: readonly unknown[]): string | null {
  return newestDriver(sparkPods(pods))?.metadata.name ?? null;
}

/** Executors that are not at their end. */
export function liveExecutors(pods: readonly SparkPod[]): SparkPod[] {
  return pods.filter(
    (pod) => pod.role === 'executor' && pod.container.state !== 'ended' && !['Succeeded', 'Failed'].includes(pod.phase),
  );
}

/**
 * What is wrong with an application that runs: pods on a node that is gone, or that no executor runs although some are there, with
 * the first one's reason. Null when one runs or nothing is wrong.
 */
export function executorsWhy(pods: readonly SparkPod[]): string | null {
  const lost = lostWhy(pods);
  if (lost !== null) return lost;
  const live = liveExecutors(pods);
  if (live.length === 0 || live.some((pod) => pod.container.state === 'running')) return null;
  const why = live.map(pendingWhy).find((reason) => reason !== null);
  return why === undefined || why === null ? null : `no executor runs: ${why}`;
}

/** Which running pods are on nodes that stopped reporting. */
function lostWhy(pods: readonly SparkPod[]): string | null {
  const lost = pods.filter((pod) => pod.isLost && pod.container.state === 'running');
  if (lost.length === 0) return null;
  const nodes = [...new Set(lost.map((pod) => pod.node ?? 'no node'))];
  const executors = lost.filter((pod) => pod.role === 'executor').length;
  const who = [
    ...(lost.length > executors ? ['the driver'] : []),
    ...(executors > 0 ? [`${executors} of ${liveExecutors(pods).length} executors`] : []),
  ];
  return oneLine(`${nodes.join(', ')} does not answer: ${who.join(' and ')} ran there`);
}

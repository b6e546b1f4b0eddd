import { field, textAt } from '../../json.ts';
import { metadataOf } from '../objects.ts';
import { newestDriver, pendingWhy, type SparkPod, sparkPods } from '../pods.ts';

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

/** Why no executor runs although some are there: the first one's reason; null when one runs or nothing is wrong. */
export function executorsWhy(pods: readonly SparkPod[]): string | null {
  const live = liveExecutors(pods);
  if (live.length === 0 || live.some((pod) => pod.container.state === 'running')) return null;
  const why = live.map(pendingWhy).find((reason) => reason !== null);
  return why === undefined || why === null ? null : `no executor runs: ${why}`;
}

import { type OperatorAdapter, operators } from '../../../shared/spark/operators/index.ts';
import type { Operator } from '../../../shared/spark/state.ts';
import type { Resource } from '../../watch/index.ts';

/** Operators whose applications are objects of their own; those of plain spark-submit are read from the pods. */
export const operatorsWithObjects: Operator[] = ['kubeflow', 'apache', 'radanalytics'];

/** The objects of one operator in a namespace (null: in all), or only the one called `name`. */
export function objectsOf(operator: Operator, namespace: string | null, name?: string): Resource {
  const { group, version, plural } = operators[operator].resource;
  return { group, version, plural, namespace, ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }) };
}

/** All drivers and executors in a namespace (null: in all). */
export function sparkPodsIn(namespace: string | null): Resource {
  return { group: '', version: 'v1', plural: 'pods', namespace, labelSelector: 'spark-role in (driver,executor)' };
}

/** Events of a namespace. */
export function eventsIn(namespace: string): Resource {
  return { group: '', version: 'v1', plural: 'events', namespace };
}

/** Where an application and its pods meet: equal for both, unique within an operator and a namespace. Null for strangers. */
export function meetingKey(adapter: OperatorAdapter, object: unknown): string | null {
  if (!adapter.isApplication(object)) return null;
  return adapter.operator === 'spark-submit' ? adapter.applicationOfPod(object) : adapter.applicationName(object);
}

import type { Operator } from '../../../shared/spark/state.ts';

/** A kind that may stand in a submission. All of them live in a namespace. */
export interface SubmittableKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** The Spark operator that acts on it; null for what applications bring along. */
  readonly operator: Operator | null;
}

/**
 * The Spark kinds, and what people keep in the same file because an application needs it: configuration, credentials, a claim, the
 * driver's service account and its rights. Everything else is more likely a mistake than meant, and a console for Spark is the wrong
 * hand to make it with.
 */
export const submittableKinds: readonly SubmittableKind[] = [
  { group: 'sparkoperator.k8s.io', kind: 'SparkApplication', plural: 'sparkapplications', operator: 'kubeflow' },
  {
    group: 'sparkoperator.k8s.io',
    kind: 'ScheduledSparkApplication',
    plural: 'scheduledsparkapplications',
    operator: 'kubeflow',
  },
  { group: 'sparkoperator.k8s.io', kind: 'SparkConnect', plural: 'sparkconnects', operator: 'kubeflow' },
  { group: 'spark.apache.org', kind: 'SparkApplication', plural: 'sparkapplications', operator: 'apache' },
  { group: 'spark.apache.org', kind: 'SparkCluster', plural: 'sparkclusters', operator: 'apache' },
  { group: 'radanalytics.io', kind: 'SparkApplication', plural: 'sparkapplications', operator: 'radanalytics' },
  { group: 'radanalytics.io', kind: 'SparkCluster', plural: 'sparkclusters', operator: 'radanalytics' },
  { group: 'radanalytics.io', kind: 'SparkHistoryServer', plural: 'sparkhistoryservers', operator: 'radanalytics' },
  { group: '', kind: 'ConfigMap', plural: 'configmaps', operator: null },
  { group: '', kind: 'Secret', plural: 'secrets', operator: null },
  { group: '', kind: 'Service', plural: 'services', operator: null },
  { group: '', kind: 'ServiceAccount', plural: 'serviceaccounts', operator: null },
  { group: '', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', operator: null },
  { group: 'rbac.authorization.k8s.io', kind: 'Role', plural: 'roles', operator: null },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', plural: 'rolebindings', operator: null },
];

/** The group and version of an `apiVersion`; core has the empty group. */
export function groupVersionOf(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

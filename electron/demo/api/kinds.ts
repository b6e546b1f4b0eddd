import type { Schema } from './schema.ts';
import { clusterRoleBindingSchema, clusterRoleSchema, roleBindingSchema, roleSchema } from './schemas/access.ts';
import { apacheApplicationSchema, apacheClusterSchema } from './schemas/apache.ts';
import { jobSchema } from './schemas/batch.ts';
import {
  configMapSchema,
  eventSchema,
  namespaceSchema,
  nodeSchema,
  resourceQuotaSchema,
  secretSchema,
  serviceAccountSchema,
  serviceSchema,
} from './schemas/core.ts';
import { podSchema } from './schemas/pod.ts';
import { scheduledSparkApplicationSchema, sparkApplicationSchema, sparkConnectSchema } from './schemas/spark.ts';
import { persistentVolumeClaimSchema } from './schemas/volumes.ts';

/** A resource the API server holds. `group` is empty for core. */
export interface Kind {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  shortNames: string[];
  namespaced: boolean;
  /** Has a `status` that only its subresource writes. */
  status: boolean;
  /** Defined by a CRD: lists carry kind and apiVersion on each item, patches know no strategic merge. */
  custom: boolean;
  /** Subresources besides `status`. */
  subresources: string[];
  /** Field selectors besides metadata.name and metadata.namespace. */
  selectable: string[];
  /** Absent: nothing is checked and nothing pruned. */
  schema?: Schema;
}

/** `pods`, or `sparkapplications.sparkoperator.k8s.io`. */
export const qualified = (kind: Kind): string => (kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`);
export const apiVersionOf = (kind: Kind): string => (kind.group === '' ? kind.version : `${kind.group}/${kind.version}`);

function core(plural: string, name: string, shortNames: string[], more: Partial<Kind> = {}): Kind {
  return {
    group: '',
    version: 'v1',
    plural,
    singular: name.toLowerCase(),
    kind: name,
    shortNames,
    namespaced: true,
    status: false,
    custom: false,
    subresources: [],
    selectable: [],
    ...more,
  };
}

function custom(group: string, version: string, plural: string, name: string, more: Partial<Kind> = {}): Kind {
  return { ...core(plural, name, [], { status: true, custom: true, ...more }), group, version };
}

const events = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

export const namespaces = core('namespaces', 'Namespace', ['ns'], {
  namespaced: false,
  status: true,
  selectable: ['status.phase'],
  schema: namespaceSchema,
});
export const pods = core('pods', 'Pod', ['po'], {
  status: true,
  schema: podSchema,
  subresources: ['log', 'portforward', 'exec', 'attach', 'eviction'],
  selectable: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
});
export const services = core('services', 'Service', ['svc'], {
  status: true,
  selectable: ['spec.clusterIP', 'spec.type'],
  schema: serviceSchema,
});
export const configMaps = core('configmaps', 'ConfigMap', ['cm'], { schema: configMapSchema });
export const secrets = core('secrets', 'Secret', [], { selectable: ['type'], schema: secretSchema });
export const serviceAccounts = core('serviceaccounts', 'ServiceAccount', ['sa'], { schema: serviceAccountSchema });
export const eventKind = core('events', 'Event', ['ev'], { selectable: events, schema: eventSchema });
export const nodes = core('nodes', 'Node', ['no'], {
  namespaced: false,
  status: true,
  selectable: ['spec.unschedulable'],
  schema: nodeSchema,
});

export const persistentVolumeClaims = core('persistentvolumeclaims', 'PersistentVolumeClaim', ['pvc'], {
  status: true,
  schema: persistentVolumeClaimSchema,
});
export const resourceQuotas = core('resourcequotas', 'ResourceQuota', ['quota'], {
  status: true,
  schema: resourceQuotaSchema,
});

const grouped = (group: string, plural: string, name: string, shortNames: string[], more: Partial<Kind> = {}): Kind => ({
  ...core(plural, name, shortNames, more),
  group,
});
export const jobs = grouped('batch', 'jobs', 'Job', [], {
  status: true,
  selectable: ['status.successful'],
  schema: jobSchema,
});
export const roles = grouped('rbac.authorization.k8s.io', 'roles', 'Role', [], { schema: roleSchema });
export const roleBindings = grouped('rbac.authorization.k8s.io', 'rolebindings', 'RoleBinding', [], {
  schema: roleBindingSchema,
});
export const clusterRoles = grouped('rbac.authorization.k8s.io', 'clusterroles', 'ClusterRole', [], {
  namespaced: false,
  schema: clusterRoleSchema,
});
export const clusterRoleBindings = grouped('rbac.authorization.k8s.io', 'clusterrolebindings', 'ClusterRoleBinding', [], {
  namespaced: false,
  schema: clusterRoleBindingSchema,
});
export const customResourceDefinitions = grouped(
  'apiextensions.k8s.io',
  'customresourcedefinitions',
  'CustomResourceDefinition',
  ['crd', 'crds'],
  { namespaced: false, status: true },
);

const KUBEFLOW = 'sparkoperator.k8s.io';
export const sparkApplications = custom(KUBEFLOW, 'v1beta2', 'sparkapplications', 'SparkApplication', {
  shortNames: ['sparkapp'],
  schema: sparkApplicationSchema,
});
export const scheduledSparkApplications = custom(KUBEFLOW, 'v1beta2', 'scheduledsparkapplications', 'ScheduledSparkApplication', {
  shortNames: ['scheduledsparkapp'],
  schema: scheduledSparkApplicationSchema,
});
export const sparkConnects = custom(KUBEFLOW, 'v1alpha1', 'sparkconnects', 'SparkConnect', {
  shortNames: ['sparkconn'],
  schema: sparkConnectSchema,
});

const APACHE = 'spark.apache.org';
export const apacheApplications = custom(APACHE, 'v1', 'sparkapplications', 'SparkApplication', {
  shortNames: ['sparkapp'],
  schema: apacheApplicationSchema,
});
export const apacheClusters = custom(APACHE, 'v1', 'sparkclusters', 'SparkCluster', {
  shortNames: ['sparkcluster'],
  schema: apacheClusterSchema,
});

// The CRDs of radanalytics.io have no schema and no subresource: whoever writes the object writes its status.
const RADANALYTICS = 'radanalytics.io';
const bare = { status: false };
export const radanalyticsApplications = custom(RADANALYTICS, 'v1', 'sparkapplications', 'SparkApplication', bare);
export const radanalyticsClusters = custom(RADANALYTICS, 'v1', 'sparkclusters', 'SparkCluster', bare);

/** Which operators' CRDs are installed. */
export type Operator = 'kubeflow' | 'apache' | 'radanalytics';

const ofOperator: Record<Operator, Kind[]> = {
  kubeflow: [scheduledSparkApplications, sparkApplications, sparkConnects],
  apache: [apacheApplications, apacheClusters],
  radanalytics: [radanalyticsApplications, radanalyticsClusters],
};

/** Every kind a cluster with these operators serves. */
export function kindsOf(operators: Operator[]): Kind[] {
  return [
    clusterRoleBindings,
    clusterRoles,
    configMaps,
    customResourceDefinitions,
    eventKind,
    jobs,
    namespaces,
    nodes,
    persistentVolumeClaims,
    pods,
    resourceQuotas,
    roleBindings,
    roles,
    secrets,
    serviceAccounts,
    services,
    ...operators.flatMap((operator) => ofOperator[operator]),
  ];
}

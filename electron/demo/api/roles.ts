import type { JsonObject } from '../json.ts';

const GROUP = 'rbac.authorization.k8s.io';
const reading = ['get', 'list', 'watch'];
const writing = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const sparkGroups = ['sparkoperator.k8s.io', 'spark.apache.org', 'radanalytics.io'];

const rule = (apiGroups: string[], resources: string[], verbs: string[]): JsonObject => ({ apiGroups, resources, verbs });

const viewRules: JsonObject[] = [
  rule(sparkGroups, ['*'], reading),
  rule(
    [''],
    [
      'configmaps',
      'persistentvolumeclaims',
      'persistentvolumeclaims/status',
      'pods',
      'serviceaccounts',
      'services',
      'services/status',
    ],
    reading,
  ),
  rule([''], ['events', 'namespaces/status', 'pods/log', 'pods/status', 'resourcequotas', 'resourcequotas/status'], reading),
  rule([''], ['namespaces'], reading),
  rule(['batch'], ['jobs', 'jobs/status'], reading),
];

const editRules: JsonObject[] = [
  rule([''], ['pods/attach', 'pods/exec', 'pods/portforward', 'secrets'], reading),
  rule([''], ['pods', 'pods/attach', 'pods/exec', 'pods/portforward'], writing),
  rule([''], ['pods/eviction'], ['create']),
  rule([''], ['configmaps', 'events', 'persistentvolumeclaims', 'secrets', 'serviceaccounts', 'services'], writing),
  rule(['batch'], ['jobs'], writing),
];

const adminRules: JsonObject[] = [
  rule(['authorization.k8s.io'], ['localsubjectaccessreviews'], ['create']),
  rule([GROUP], ['rolebindings', 'roles'], [...writing, ...reading]),
];

const publicPaths = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discoveryPaths = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  ...publicPaths.slice(3),
];

const clusterRole = (name: string, rules: JsonObject[]): JsonObject => ({
  kind: 'ClusterRole',
  apiVersion: `${GROUP}/v1`,
  metadata: { name },
  rules,
});

/** The roles every cluster has, as far as they speak of what is served here, and the one of a Spark driver. */
export const seededClusterRoles: JsonObject[] = [
  clusterRole('cluster-admin', [rule(['*'], ['*'], ['*']), { nonResourceURLs: ['*'], verbs: ['*'] }]),
  clusterRole('admin', [...adminRules, ...editRules, ...viewRules]),
  clusterRole('edit', [...editRules, ...viewRules]),
  clusterRole('view', viewRules),
  clusterRole('spark-driver', [rule([''], ['pods', 'services', 'configmaps', 'persistentvolumeclaims'], ['*'])]),
  clusterRole('system:basic-user', [
    rule(['authorization.k8s.io'], ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
    rule(['authentication.k8s.io'], ['selfsubjectreviews'], ['create']),
  ]),
  clusterRole('system:discovery', [{ nonResourceURLs: discoveryPaths, verbs: ['get'] }]),
  clusterRole('system:public-info-viewer', [{ nonResourceURLs: publicPaths, verbs: ['get'] }]),
];

const roleRef = (name: string): JsonObject => ({ apiGroup: GROUP, kind: 'ClusterRole', name });
const group = (name: string): JsonObject => ({ kind: 'Group', apiGroup: GROUP, name });

const bound = (name: string, subject: JsonObject): JsonObject => ({
  kind: 'ClusterRoleBinding',
  apiVersion: `${GROUP}/v1`,
  metadata: { name },
  subjects: [subject],
  roleRef: roleRef(name),
});

export const seededClusterRoleBindings: JsonObject[] = [
  bound('cluster-admin', group('system:masters')),
  bound('system:basic-user', group('system:authenticated')),
  bound('system:discovery', group('system:authenticated')),
  bound('system:public-info-viewer', group('system:authenticated')),
];

const bindingIn = (namespace: string, name: string, role: string, subject: JsonObject): JsonObject => ({
  kind: 'RoleBinding',
  apiVersion: `${GROUP}/v1`,
  metadata: { name, namespace },
  subjects: [subject],
  roleRef: roleRef(role),
});

/** Lets the service account `spark` of a namespace do there what a driver needs. */
export const sparkBinding = (namespace: string): JsonObject =>
  bindingIn(namespace, 'spark-driver', 'spark-driver', { kind: 'ServiceAccount', name: 'spark', namespace });

/** Lets the user `viewer` read a namespace. */
export const viewerBinding = (namespace: string): JsonObject =>
  bindingIn(namespace, 'viewer', 'view', { kind: 'User', apiGroup: GROUP, name: 'viewer' });

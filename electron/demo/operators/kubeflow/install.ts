import { clusterRoleBindings, clusterRoles, namespaces, serviceAccounts } from '../../api/kinds.ts';
import type { JsonObject } from '../../json.ts';
import type { World } from '../../world.ts';

const NAMESPACE = 'spark-operator';
const NAME = 'spark-operator-controller';
const RBAC = 'rbac.authorization.k8s.io';

const rule = (group: string, resources: string[], verbs: string[]): JsonObject => ({ apiGroups: [group], resources, verbs });
const all = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** What the operator's chart grants its controller, as far as it is served here. */
const rules: JsonObject[] = [
  rule('', ['pods'], [...all, 'deletecollection']),
  rule('', ['configmaps', 'services', 'persistentvolumeclaims'], all),
  rule('', ['events'], ['create', 'patch', 'update']),
  rule('', ['nodes'], ['get']),
  rule('', ['resourcequotas'], ['get', 'list', 'watch']),
  rule('apiextensions.k8s.io', ['customresourcedefinitions'], ['get']),
  rule('sparkoperator.k8s.io', ['scheduledsparkapplications', 'sparkapplications', 'sparkconnects'], all),
  rule(
    'sparkoperator.k8s.io',
    ['scheduledsparkapplications/status', 'sparkapplications/status', 'sparkconnects/status'],
    ['get', 'patch', 'update'],
  ),
];

/** Makes what an installation leaves in the cluster: the operator's namespace, its service account and its rights. */
export function install({ create, store }: World): void {
  if (store.get(namespaces, '', NAMESPACE) !== null) return;
  create(namespaces, { kind: 'Namespace', apiVersion: 'v1', metadata: { name: NAMESPACE } });
  create(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: NAME, namespace: NAMESPACE } });
  create(clusterRoles, { kind: 'ClusterRole', apiVersion: `${RBAC}/v1`, metadata: { name: NAME }, rules });
  create(clusterRoleBindings, {
    kind: 'ClusterRoleBinding',
    apiVersion: `${RBAC}/v1`,
    metadata: { name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: NAME },
  });
}

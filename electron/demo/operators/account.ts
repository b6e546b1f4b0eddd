import { clusterRoleBindings, clusterRoles, type Kind } from '../api/kinds.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** What an operator does with the objects that a run is made of. */
const running: JsonObject = {
  apiGroups: [''],
  resources: ['configmaps', 'events', 'persistentvolumeclaims', 'pods', 'services'],
  verbs: ['*'],
};

/** A service account that an operator's installation makes. */
export interface Account {
  namespace: string;
  name: string;
}

/** The account as a user of the API. */
export const userOf = ({ name, namespace }: Account): string => `system:serviceaccount:${namespace}:${name}`;

/** Gives accounts, in all namespaces, what an operator needs: its own API group, and what a run is made of. */
export function install({ store }: World, role: string, apiGroup: string, accounts: Account[]): void {
  const own: JsonObject = { apiGroups: [apiGroup], resources: ['*'], verbs: ['*'] };
  const object = (kind: Kind, more: JsonObject): JsonObject => ({
    apiVersion: `${GROUP}/v1`,
    kind: kind.kind,
    metadata: { name: role },
    ...more,
  });
  store.put(clusterRoles, object(clusterRoles, { rules: [own, running] }));
  store.put(
    clusterRoleBindings,
    object(clusterRoleBindings, {
      subjects: accounts.map(({ name, namespace }) => ({ kind: 'ServiceAccount', name, namespace })),
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
    }),
  );
}

import { definitionOf } from './api/definitions.ts';
import {
  clusterRoleBindings,
  clusterRoles,
  customResourceDefinitions,
  namespaces,
  nodes,
  roleBindings,
  serviceAccounts,
} from './api/kinds.ts';
import { seededClusterRoleBindings, seededClusterRoles, sparkBinding, viewerBinding } from './api/roles.ts';
import { type NodeOptions, nodeObjects } from './node/nodes.ts';
import type { World } from './world.ts';

/** What is there before anyone comes: roles, namespaces with their ServiceAccounts, and the nodes; no client sees it being made. */
export function settle(world: World, namespacesBesides: string[], options: NodeOptions): void {
  const { store, time } = world;
  for (const kind of world.kinds) if (kind.custom) store.put(customResourceDefinitions, definitionOf(kind, time.text()));
  for (const role of seededClusterRoles) store.put(clusterRoles, role);
  for (const binding of seededClusterRoleBindings) store.put(clusterRoleBindings, binding);
  for (const name of ['default', 'kube-system', ...namespacesBesides]) {
    world.create(namespaces, { metadata: { name } });
    if (name === 'kube-system') continue;
    world.create(serviceAccounts, { metadata: { name: 'spark', namespace: name } });
    store.put(roleBindings, sparkBinding(name));
  }
  store.put(roleBindings, viewerBinding('default'));
  for (const node of nodeObjects(options, time.text())) store.put(nodes, node);
  store.compact();
}

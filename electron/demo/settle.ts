import { admit, furnish } from './api/admission.ts';
import { namespaces, nodes, serviceAccounts } from './api/kinds.ts';
import { type NodeOptions, nodeObjects } from './node/nodes.ts';
import type { World } from './world.ts';

/** What is there before anyone comes: namespaces with their ServiceAccounts, and the nodes; no client sees it being made. */
export function settle({ store, time }: World, namespacesBesides: string[], options: NodeOptions): void {
  for (const name of ['default', 'kube-system', ...namespacesBesides]) {
    store.put(namespaces, admit(store, namespaces, { kind: 'Namespace', apiVersion: 'v1', metadata: { name } }));
    furnish(store, name);
    if (name === 'kube-system') continue;
    store.put(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'spark', namespace: name } });
  }
  for (const node of nodeObjects(options, time.text())) store.put(nodes, node);
  store.compact();
}

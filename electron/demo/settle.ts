import { admit, furnish } from './api/admission.ts';
import { namespaces, nodes, serviceAccounts } from './api/kinds.ts';
import { NODE } from './node/kubelet.ts';
import type { World } from './world.ts';

/** The machines of the cluster, all alike. */
export interface NodeOptions {
  /** Default 1. */
  count?: number;
  /** CPU of each in millicores; default 16,000. */
  millicores?: number;
  /** Memory of each as a Kubernetes quantity; default `64Gi`. */
  memory?: string;
}

/** What is there before anyone comes: namespaces with their ServiceAccounts, and the nodes; no client sees it being made. */
export function settle({ store, time }: World, namespacesBesides: string[], options: NodeOptions): void {
  for (const name of ['default', 'kube-system', ...namespacesBesides]) {
    store.put(namespaces, admit(store, namespaces, { kind: 'Namespace', apiVersion: 'v1', metadata: { name } }));
    furnish(store, name);
    if (name === 'kube-system') continue;
    store.put(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'spark', namespace: name } });
  }
  const { count = 1, millicores = 16_000, memory = '64Gi' } = options;
  const resources = { cpu: `${millicores}m`, memory, pods: '110' };
  for (let number = 1; number <= count; number += 1) {
    const name = number === 1 ? NODE : `${NODE}-${number}`;
    const condition = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
    store.put(nodes, {
      kind: 'Node',
      apiVersion: 'v1',
      metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      spec: {},
      status: {
        capacity: resources,
        allocatable: resources,
        conditions: [{ ...condition, lastHeartbeatTime: time.text(), lastTransitionTime: time.text() }],
        addresses: [
          { type: 'InternalIP', address: `10.0.0.${number}` },
          { type: 'Hostname', address: name },
        ],
        nodeInfo: {
          kubeletVersion: 'v1.34.4',
          osImage: 'Emberdeck demo',
          kernelVersion: '0',
          containerRuntimeVersion: 'demo://1',
        },
      },
    });
  }
  store.compact();
}

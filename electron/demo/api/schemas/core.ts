import type { Schema } from '../schema.ts';
import { conditions, kindSchema } from './metadata.ts';
import {
  atomic,
  flag,
  keyed,
  list,
  mapOf,
  open,
  openList,
  pairs,
  quantity,
  setOf,
  struct,
  text,
  texts,
  whole,
  wholeOrText,
} from './terms.ts';
import { localObjectReference } from './volumes.ts';

const objectReference = atomic(
  struct('ObjectReference', {
    apiVersion: text(),
    fieldPath: text(),
    kind: text(),
    name: text(),
    namespace: text(),
    resourceVersion: text(),
    uid: text(),
  }),
);

/** `v1` ConfigMap. */
export const configMapSchema: Schema = kindSchema('ConfigMap', {
  binaryData: mapOf({ ...text(), format: 'byte' }),
  data: pairs(),
  immutable: flag(),
});

/** `v1` Secret. */
export const secretSchema: Schema = kindSchema('Secret', {
  data: mapOf({ ...text(), format: 'byte' }),
  immutable: flag(),
  stringData: pairs(),
  type: text(),
});

/** `v1` ServiceAccount. */
export const serviceAccountSchema: Schema = kindSchema('ServiceAccount', {
  automountServiceAccountToken: flag(),
  imagePullSecrets: list(localObjectReference),
  secrets: keyed(objectReference, 'name'),
});

/** `v1` Namespace. */
export const namespaceSchema: Schema = kindSchema('Namespace', {
  spec: struct('NamespaceSpec', { finalizers: texts() }),
  status: struct('NamespaceStatus', { conditions, phase: text() }),
});

const servicePort = struct('ServicePort', {
  appProtocol: text(),
  name: text(),
  nodePort: whole(),
  port: whole(),
  protocol: { ...text(), default: 'TCP' },
  targetPort: wholeOrText,
});

/** `v1` Service. */
export const serviceSchema: Schema = kindSchema('Service', {
  spec: struct('ServiceSpec', {
    allocateLoadBalancerNodePorts: flag(),
    clusterIP: text(),
    clusterIPs: texts(),
    externalIPs: texts(),
    externalName: text(),
    externalTrafficPolicy: text(),
    healthCheckNodePort: whole(),
    internalTrafficPolicy: text(),
    ipFamilies: texts(),
    ipFamilyPolicy: text(),
    loadBalancerClass: text(),
    loadBalancerIP: text(),
    loadBalancerSourceRanges: texts(),
    ports: keyed(servicePort, 'port', 'protocol'),
    publishNotReadyAddresses: flag(),
    selector: atomic(pairs()),
    sessionAffinity: text(),
    sessionAffinityConfig: open(),
    trafficDistribution: text(),
    type: text(),
  }),
  status: struct('ServiceStatus', { conditions, loadBalancer: open() }),
});

/** `v1` Event. */
export const eventSchema: Schema = kindSchema('Event', {
  action: text(),
  count: whole(),
  eventTime: text(),
  firstTimestamp: text(),
  involvedObject: objectReference,
  lastTimestamp: text(),
  message: text(),
  reason: text(),
  related: objectReference,
  reportingComponent: text(),
  reportingInstance: text(),
  series: open(),
  source: struct('EventSource', { component: text(), host: text() }),
  type: text(),
});

/** `v1` Node. */
export const nodeSchema: Schema = kindSchema('Node', {
  spec: struct('NodeSpec', {
    configSource: open(),
    externalID: text(),
    podCIDR: text(),
    podCIDRs: setOf(text()),
    providerID: text(),
    taints: list(struct('Taint', { effect: text(), key: text(), timeAdded: text(), value: text() })),
    unschedulable: flag(),
  }),
  status: struct('NodeStatus', {
    addresses: keyed(struct('NodeAddress', { address: text(), type: text() }), 'type'),
    allocatable: mapOf(quantity),
    capacity: mapOf(quantity),
    conditions,
    config: open(),
    daemonEndpoints: open(),
    features: open(),
    images: openList(),
    nodeInfo: open(),
    phase: text(),
    runtimeHandlers: openList(),
    volumesAttached: openList(),
    volumesInUse: texts(),
  }),
});

/** `v1` ResourceQuota. */
export const resourceQuotaSchema: Schema = kindSchema('ResourceQuota', {
  spec: struct('ResourceQuotaSpec', { hard: mapOf(quantity), scopeSelector: open(), scopes: texts() }),
  status: struct('ResourceQuotaStatus', { hard: mapOf(quantity), used: mapOf(quantity) }),
});

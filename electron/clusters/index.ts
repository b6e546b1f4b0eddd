export type { ApiAnswer, ApiRequest, Cluster } from './cluster.ts';
export { type Clusters, type ClustersOptions, createClusters } from './clusters.ts';
export { createHealth, type Health } from './health.ts';
export type { KubeconfigStore } from './kubeconfig/store.ts';

export type { Cluster } from './cluster.ts';
export { type Clusters, createClusters } from './clusters.ts';
export { createHealth } from './health.ts';

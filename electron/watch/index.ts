/** List+watch: what a cluster holds, kept up to date, with the truth about how far it can be trusted. */
export { backoff } from './backoff.ts';
export { createWatchCaches } from './caches.ts';
export { meaningOf } from './classify.ts';
export { followNamespaces, type Namespaces } from './namespaces.ts';
export type { ApiObject, Change, Resource, Subscriber, WatchCaches } from './resource.ts';
export { defaultTuning } from './tuning.ts';

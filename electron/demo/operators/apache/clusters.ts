import { apacheClusters, pods, services } from '../../api/kinds.ts';
import { type JsonObject, nameOf, namespaceOf, objectOf, uidOf } from '../../json.ts';
import type { World } from '../../world.ts';
import { balance, isLabelled } from '../replicas.ts';
import { clusterOf, clusterPod, clusterServices, instancesOf, roleLabels } from './cluster-objects.ts';
import { appended, initialStatus, wordOf } from './status.ts';
import { messages } from './words.ts';

/** Seconds until a StatefulSet tries again to create a pod that was refused. */
const RETRY_SECONDS = 10;

/**
 * Plays Apache's operator for SparkClusters: services and pods are created and the cluster is called healthy at once, whether its
 * pods run or not; an edit changes nothing any more. Its pods are kept complete. Returns how to stop it.
 */
export function startClusters(world: World): () => void {
  const { store } = world;
  const live = (cluster: JsonObject): JsonObject | null => {
    const found = store.get(apacheClusters, namespaceOf(cluster), nameOf(cluster));
    return found !== null && uidOf(found) === uidOf(cluster) && !world.time.ended() ? found : null;
  };
  const keep = (given: JsonObject): void => {
    const cluster = live(given);
    if (cluster === null) return;
    const complete = (['master', 'worker'] as const).map((role) =>
      balance(world, {
        namespace: namespaceOf(cluster),
        isOne: (pod) => isLabelled(pod, roleLabels(cluster, role)),
        wanted: instancesOf(cluster, role),
        pod: (ordinal) => clusterPod(cluster, role, ordinal),
      }),
    );
    if (complete.includes(false)) void world.time.pace(RETRY_SECONDS).then(() => keep(cluster));
  };
  const begin = (given: JsonObject): void => {
    const cluster = live(given);
    if (cluster === null || wordOf(cluster) !== '') return;
    const submitted = { ...cluster, status: initialStatus(world.time.microText(), messages.clusterSubmitted) };
    store.put(apacheClusters, submitted);
    for (const service of clusterServices(cluster)) {
      if (store.get(services, namespaceOf(service), nameOf(service)) === null) world.create(services, service);
    }
    keep(cluster);
    const state = { word: 'RunningHealthy', message: messages.clusterReady } as const;
    store.put(apacheClusters, { ...submitted, status: appended(objectOf(submitted.status), state, world.time.microText()) });
  };
  for (const cluster of store.list(apacheClusters, null)) begin(cluster);
  return store.subscribe(({ kind, object, type }) => {
    if (kind === apacheClusters && type === 'ADDED') setImmediate(() => begin(object));
    if (kind !== pods || type !== 'DELETED' || clusterOf(object) === '') return;
    const cluster = store.get(apacheClusters, namespaceOf(object), clusterOf(object));
    if (cluster !== null) setImmediate(() => keep(cluster));
  });
}

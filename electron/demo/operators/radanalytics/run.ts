import {
  type Kind,
  namespaces,
  pods,
  radanalyticsApplications,
  radanalyticsClusters,
  serviceAccounts,
  services,
} from '../../api/kinds.ts';
import { end } from '../../api/removal.ts';
import type { Change } from '../../api/store.ts';
import { type JsonObject, labelsOf, nameOf, namespaceOf, uidOf } from '../../json.ts';
import type { World } from '../../world.ts';
import { install } from '../account.ts';
import { balance, isLabelled, type Replicas } from '../replicas.ts';
import { type ClusterRole, clusterPod, clusterServices, instancesOf, roleLabels } from './cluster-objects.ts';
import { ACCOUNT, labelsFor } from './names.ts';
import { react } from './react.ts';
import { submitterPod } from './submitter.ts';

const kinds = [radanalyticsApplications, radanalyticsClusters];
/** Seconds until a ReplicationController tries again to create a pod that was refused. */
const RETRY_SECONDS = 10;

/**
 * Plays radanalytics' operator in every namespace there is at its start: deploys what its objects ask for, keeps their pods complete,
 * and deletes by label. Returns how to stop it.
 */
export function startRadanalytics(world: World): () => void {
  const { store } = world;
  settle(world);
  const keep = (kind: Kind, object: JsonObject): void => {
    const found = store.get(kind, namespaceOf(object), nameOf(object));
    if (found === null || uidOf(found) !== uidOf(object) || world.time.ended()) return;
    const complete = replicasOf(found).map((replicas) => balance(world, replicas));
    if (complete.includes(false)) void world.time.pace(RETRY_SECONDS).then(() => keep(kind, found));
  };
  const deploy = (kind: Kind, object: JsonObject): void => {
    for (const service of object.kind === 'SparkCluster' ? clusterServices(object) : []) {
      if (store.get(services, namespaceOf(service), nameOf(service)) === null) world.create(services, service);
    }
    keep(kind, object);
  };
  const follow = (kind: Kind, change: Change): void => {
    const reaction = react(change);
    if (reaction === null || world.time.ended()) return;
    if (reaction.clear) clear(world, change.object);
    if (reaction.deploy) deploy(kind, change.object);
    if (reaction.state !== null) writeState(world, kind, change.object, reaction.state);
  };
  const replace = (pod: JsonObject): void => {
    for (const kind of kinds) {
      for (const object of store.list(kind, namespaceOf(pod))) if (isLabelled(pod, labelsFor(object))) keep(kind, object);
    }
  };
  for (const kind of kinds) for (const object of store.list(kind, null)) deploy(kind, object);
  return store.subscribe((change) => {
    const kind = kinds.find((candidate) => candidate === change.kind);
    // Everyone is to hear of a write before they hear of what follows from it.
    if (kind !== undefined) setImmediate(() => follow(kind, change));
    else if (change.kind === pods && change.type === 'DELETED') setImmediate(() => replace(change.object));
  });
}

/** What the operator's manifest makes in a namespace: the account of submitters and drivers. */
function settle(world: World): void {
  const names = world.store.list(namespaces, null).map(nameOf);
  const accounts = names.filter((name) => !name.startsWith('kube-')).map((namespace) => ({ namespace, name: ACCOUNT }));
  for (const { name, namespace } of accounts) {
    world.store.put(serviceAccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  }
  install(world, 'radanalytics-spark-operator', 'radanalytics.io', accounts);
}

/** Drivers and executors carry the submitter's labels too. */
const isSubmitter = (pod: JsonObject, labels: Record<string, string>): boolean =>
  isLabelled(pod, labels) && labelsOf(pod)['spark-role'] === undefined;

function replicasOf(object: JsonObject): Replicas[] {
  const namespace = namespaceOf(object);
  if (object.kind !== 'SparkCluster') {
    const labels = labelsFor(object);
    return [{ namespace, isOne: (pod) => isSubmitter(pod, labels), wanted: 1, pod: () => submitterPod(object) }];
  }
  return (['master', 'worker'] as const).map((role: ClusterRole) => ({
    namespace,
    isOne: (pod) => isLabelled(pod, roleLabels(object, role)),
    wanted: instancesOf(object, role),
    pod: () => clusterPod(object, role),
  }));
}

/** Nothing has an owner: the operator deletes by label, drivers of earlier submissions included. */
function clear({ store }: World, object: JsonObject): void {
  const labels = labelsFor(object);
  for (const kind of [services, pods]) {
    for (const found of store.list(kind, namespaceOf(object))) if (isLabelled(found, labels)) end(store, kind, found);
  }
}

function writeState({ store, time }: World, kind: Kind, object: JsonObject, state: string): void {
  const found = store.get(kind, namespaceOf(object), nameOf(object));
  if (found === null || uidOf(found) !== uidOf(object)) return;
  store.put(kind, { ...found, status: { state, lastTransitionTime: time.text() } });
}

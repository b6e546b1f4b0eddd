import { nodes, persistentVolumeClaims, pods } from '../api/kinds.ts';
import { addQuantities, zero } from '../api/quantity.ts';
import { at, isObject, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { withCondition } from './pod-status.ts';
import { type Resources, resourcesOf } from './resources.ts';
import { type Load, type Obstacle, obstaclesOf, unschedulableWords } from './scheduling.ts';

interface Place {
  node: string;
  requests: Resources;
}

/** A pod that found no place, and what it was told. */
interface Waiting {
  namespace: string;
  name: string;
  /** Everything of it that decides where it fits: of those alike only one is tried. */
  shape: string;
  message: string;
}

const NAME = 'default-scheduler';

/**
 * Places pods on nodes: the one with the most room that takes it. What finds no place waits and is tried again whenever a pod, a node or a
 * claim changes. What each node carries is counted as pods come and go, never looked up.
 */
export function startScheduler(world: World): () => void {
  const { store } = world;
  const ledger = createLedger();
  const waiting = new Map<string, Waiting>();
  let retrying = false;

  /** Returns what keeps the pod waiting; null when it is placed or no longer wants a place. */
  const attempt = (namespace: string, name: string, uid: string): string | null => {
    const pod = store.get(pods, namespace, name);
    const waits = waiting.get(uid);
    waiting.delete(uid);
    if (pod === null || uidOf(pod) !== uid || !isPending(pod) || metadataOf(pod).deletionTimestamp !== undefined) return null;
    const requests = resourcesOf(pod, 'requests');
    const problem = claimProblem(world, pod);
    const verdict = problem === null ? choose(pod, requests, store.list(nodes, null), ledger) : { message: problem };
    if ('node' in verdict) {
      bind(world, pod, verdict.node);
      return null;
    }
    const { message } = verdict;
    waiting.set(uid, { namespace, name, message, shape: waits?.shape ?? shapeOf(pod) });
    if (waits?.message !== message) refuse(world, pod, message);
    return message;
  };
  const retryAll = (): void => {
    retrying = false;
    if (world.time.ended()) return;
    const refused = new Map<string, string>();
    for (const [uid, { message, name, namespace, shape }] of [...waiting]) {
      if (refused.get(shape) === message) continue;
      const again = attempt(namespace, name, uid);
      if (again !== null) refused.set(shape, again);
    }
  };
  const retry = (): void => {
    if (retrying || waiting.size === 0) return;
    retrying = true;
    setImmediate(retryAll);
  };

  for (const pod of store.list(pods, null)) ledger.see(pod);
  return store.subscribe(({ kind, type, object, before }) => {
    if (world.time.ended()) return;
    if (kind === pods) {
      const freed = type === 'DELETED' ? ledger.forget(uidOf(object)) : ledger.see(object);
      if (freed) retry();
      if (type === 'DELETED') waiting.delete(uidOf(object));
      if (type === 'ADDED' && isPending(object)) {
        setImmediate(() => !world.time.ended() && attempt(namespaceOf(object), nameOf(object), uidOf(object)));
      }
    }
    if (kind === persistentVolumeClaims || (kind === nodes && mattersTo(before, object))) retry();
  });
}

const isPending = (pod: JsonObject): boolean =>
  textOf(at(pod, 'spec', 'nodeName')) === '' && (textOf(at(pod, 'spec', 'schedulerName')) || NAME) === NAME;

function shapeOf(pod: JsonObject): string {
  const { affinity, containers, initContainers, nodeSelector, tolerations, volumes } = objectOf(pod.spec);
  const asked = [containers, initContainers].map((list) => listOf(list ?? null).map((one) => at(one, 'resources') ?? null));
  const claims = listOf(volumes).map((volume) => at(volume, 'persistentVolumeClaim') ?? null);
  return JSON.stringify([namespaceOf(pod), asked, affinity, nodeSelector, tolerations, claims]);
}

/** Heartbeats and lists of images are no reason to look again. */
const mattersTo = (before: JsonObject | null, node: JsonObject): boolean =>
  before === null || before.spec !== node.spec || metadataOf(before).labels !== metadataOf(node).labels;

interface Ledger {
  load(node: string): Load;
  /** Counts a pod, or stops counting one that has ended. True when room was freed. */
  see(pod: JsonObject): boolean;
  forget(uid: string): boolean;
}

function createLedger(): Ledger {
  const loads = new Map<string, Load>();
  const places = new Map<string, Place>();
  const load = (node: string): Load => {
    const found = loads.get(node) ?? { pods: 0, requests: {} };
    loads.set(node, found);
    return found;
  };
  const count = ({ node, requests }: Place, sign: 1 | -1): void => {
    const total = load(node);
    total.pods += sign;
    for (const [name, { thousandths, format }] of Object.entries(requests)) {
      total.requests[name] = addQuantities(total.requests[name] ?? zero, { thousandths: thousandths * BigInt(sign), format });
    }
  };
  const forget = (uid: string): boolean => {
    const place = places.get(uid);
    if (place === undefined) return false;
    count(place, -1);
    return places.delete(uid);
  };
  return {
    load,
    forget,
    see(pod) {
      const node = textOf(at(pod, 'spec', 'nodeName'));
      if (node === '') return false;
      if (/^(Succeeded|Failed)$/.test(textOf(at(pod, 'status', 'phase')))) return forget(uidOf(pod));
      if (places.has(uidOf(pod))) return false;
      const place = { node, requests: resourcesOf(pod, 'requests') };
      places.set(uidOf(pod), place);
      count(place, 1);
      return false;
    },
  };
}

function choose(pod: JsonObject, requests: Resources, all: JsonObject[], ledger: Ledger): { node: string } | { message: string } {
  const obstacles: Obstacle[][] = [];
  let best: { node: string; pods: number; cpu: bigint } | null = null;
  for (const node of all) {
    const load = ledger.load(nameOf(node));
    const found = obstaclesOf(pod, requests, node, load);
    obstacles.push(found);
    const cpu = (load.requests.cpu ?? zero).thousandths;
    const better = best === null || cpu < best.cpu || (cpu === best.cpu && load.pods < best.pods);
    if (found.length === 0 && better) best = { node: nameOf(node), pods: load.pods, cpu };
  }
  return best ?? { message: unschedulableWords(obstacles) };
}

/** What is wrong with the claims of a pod, in the scheduler's words; null when all are there and bound. */
function claimProblem({ store }: World, pod: JsonObject): string | null {
  const total = store.list(nodes, null).length;
  for (const volume of listOf(at(pod, 'spec', 'volumes')).filter(isObject)) {
    const name = textOf(at(volume, 'persistentVolumeClaim', 'claimName'));
    if (name === '') continue;
    const claim = store.get(persistentVolumeClaims, namespaceOf(pod), name);
    if (claim === null) return `0/${total} nodes are available: persistentvolumeclaim "${name}" not found. not found`;
    if (at(claim, 'status', 'phase') === 'Bound') continue;
    return `0/${total} nodes are available: pod has unbound immediate PersistentVolumeClaims. not found`;
  }
  return null;
}

function bind({ store, events, time }: World, pod: JsonObject, node: string): void {
  const bound = { ...pod, spec: { ...objectOf(pod.spec), nodeName: node } };
  const placed = store.put(pods, withCondition(bound, { type: 'PodScheduled', status: 'True' }, time.text()));
  events.scheduled(placed, 'Normal', 'Scheduled', `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${node}`);
}

function refuse({ store, events, time }: World, pod: JsonObject, message: string): void {
  events.scheduled(pod, 'Warning', 'FailedScheduling', message);
  const observedGeneration = metadataOf(pod).generation ?? 1;
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, observedGeneration };
  store.put(pods, withCondition(pod, condition, time.text()));
}

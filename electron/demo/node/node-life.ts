import { nodes, pods } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { at, isObject, type JsonObject, listOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { healthyConditions } from './nodes.ts';
import { withCondition } from './pod-status.ts';
import { taintsOf, tolerates } from './scheduling.ts';

/** Seconds without a heartbeat until the node controller of Kubernetes 1.34 gives a node up. */
const MONITOR_GRACE = 50;
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const SILENT = { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };

/**
 * Cuts a node off, as when its machine loses power: what runs there dies unseen, the node controller gives the node up after its grace, and
 * its pods are deleted as soon as they tolerate that no longer. Nothing happens where it is unknown or lost already.
 */
export function loseNode(world: World, name: string): void {
  if (world.store.get(nodes, '', name) === null) return;
  const stillLost = world.machines.lose(name);
  if (stillLost !== null) void giveUp(world, name, stillLost);
}

/** Switches a lost node on again: its kubelet reports, and takes up what the API server holds for it. */
export function recoverNode(world: World, name: string): void {
  if (world.machines.recover(name)) welcome(world, name);
}

async function giveUp(world: World, name: string, stillLost: () => boolean): Promise<void> {
  const { events, store, time } = world;
  await time.pace(MONITOR_GRACE);
  const node = store.get(nodes, '', name);
  if (node === null || !stillLost()) return;
  const timeAdded = time.text();
  const taints = ['NoSchedule', 'NoExecute'].map((effect) => ({ effect, key: UNREACHABLE, timeAdded }));
  const silent = store.put(nodes, {
    ...node,
    spec: { ...objectOf(node.spec), taints: [...taintsOf(node), ...taints] },
    status: {
      ...objectOf(node.status),
      conditions: conditionsOf(node).map((one) => ({ ...one, ...SILENT, lastTransitionTime: timeAdded })),
    },
  });
  events.record(silent, 'node-controller', 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
  for (const pod of podsOn(world, name)) {
    const ready = conditionsOf(pod).find(({ type }) => type === 'Ready');
    if (ready?.status === 'True') store.put(pods, withCondition(pod, { ...ready, status: 'False' }, timeAdded));
    events.record(pod, 'node-controller', 'Warning', 'NodeNotReady', 'Node is not ready');
    void evictLater(world, pod, stillLost);
  }
}

const conditionsOf = (object: JsonObject): JsonObject[] => listOf(at(object, 'status', 'conditions')).filter(isObject);
const podsOn = ({ store }: World, node: string): JsonObject[] =>
  store.list(pods, null).filter((pod) => textOf(at(pod, 'spec', 'nodeName')) === node);

/** Deletes a pod when it tolerates its lost node no longer. Nobody is there to end it: it stays until the node returns or it is forced. */
async function evictLater(world: World, pod: JsonObject, stillLost: () => boolean): Promise<void> {
  const { events, store, time } = world;
  const taint = { key: UNREACHABLE, effect: 'NoExecute' };
  const tolerations = listOf(at(pod, 'spec', 'tolerations'))
    .filter(isObject)
    .filter((one) => tolerates(one, taint));
  const seconds = tolerations.flatMap(({ tolerationSeconds }) =>
    typeof tolerationSeconds === 'number' ? [tolerationSeconds] : [],
  );
  if (tolerations.length > 0 && seconds.length === 0) return;
  if (tolerations.length > 0) await time.pace(Math.min(...seconds));
  const live = store.get(pods, namespaceOf(pod), nameOf(pod));
  if (live === null || uidOf(live) !== uidOf(pod) || !stillLost()) return;
  const why = { reason: 'DeletionByTaintManager', message: 'Taint manager: deleting due to NoExecute taint' };
  const marked = store.put(pods, withCondition(live, { type: 'DisruptionTarget', status: 'True', ...why }, time.text()));
  const message = `Marking for deletion Pod ${namespaceOf(pod)}/${nameOf(pod)}`;
  events.record(pod, 'taint-eviction-controller', 'Normal', 'TaintManagerEviction', message);
  end(store, pods, marked);
}

/** The kubelet reports again, and the taints of the loss go. */
function welcome({ events, store, time }: World, name: string): void {
  const node = store.get(nodes, '', name);
  if (node === null) return;
  const { taints: _, ...spec } = objectOf(node.spec);
  const left = taintsOf(node).filter(({ key }) => key !== UNREACHABLE);
  const ready = store.put(nodes, {
    ...node,
    spec: left.length === 0 ? spec : { ...spec, taints: left },
    status: { ...objectOf(node.status), conditions: healthyConditions(time.text()) },
  });
  events.record(ready, 'kubelet', 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`);
}

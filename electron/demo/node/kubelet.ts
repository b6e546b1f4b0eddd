import { nodes, pods } from '../api/kinds.ts';
import { at, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, numberOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { type Machine, removePod } from './machine.ts';
import { addressOf } from './nodes.ts';
import { type PodWorker, startPod } from './pod-worker.ts';
import type { Program, StartProgram } from './program.ts';

export interface Kubelet {
  /** The program of a container that runs, of any when the name is empty; null when it does not. */
  program(podUid: string, container: string): Program | null;
  close(): void;
}

/** The kubelets of all nodes: run the pods that are bound to them, write their status, end and remove them. */
export function startKubelet(world: World, start: StartProgram): Kubelet {
  const { machines, store, time } = world;
  const workers = new Map<string, { worker: PodWorker; machine: Machine }>();

  const machineOf = (pod: JsonObject): Machine | null => {
    const node = store.get(nodes, '', nodeOf(pod));
    return node === null ? null : machines.get(nameOf(node), addressOf(node));
  };
  const fresh = (pod: JsonObject): JsonObject | null => {
    const found = store.get(pods, namespaceOf(pod), nameOf(pod));
    return found !== null && uidOf(found) === uidOf(pod) ? found : null;
  };
  const take = (seen: JsonObject): void => {
    const pod = fresh(seen);
    const machine = pod === null ? null : machineOf(pod);
    if (pod === null || machine === null || time.ended() || workers.has(uidOf(pod))) return;
    const worker = startPod(world, machine, pod, start, () => workers.delete(uidOf(pod)));
    workers.set(uidOf(pod), { worker, machine });
  };
  const terminate = async (seen: JsonObject): Promise<void> => {
    const machine = machineOf(seen);
    if (machine === null) return;
    await machine.reachable();
    const pod = fresh(seen);
    if (pod === null || time.ended()) return;
    const found = workers.get(uidOf(pod));
    if (found === undefined) return removePod(world, machine, pod);
    found.worker.terminate(numberOf(metadataOf(pod).deletionGracePeriodSeconds, 30));
  };

  for (const pod of store.list(pods, null)) if (isNew(pod)) take(pod);
  const stop = store.subscribe(({ kind, type, object: pod, before }) => {
    if (kind !== pods || time.ended()) return;
    if (type === 'DELETED') {
      workers.get(uidOf(pod))?.worker.kill();
      workers.delete(uidOf(pod));
      world.logs.forget(uidOf(pod));
      return;
    }
    if (isNew(pod) && (before === null || nodeOf(before) === '')) setImmediate(take, pod);
    if (graceOf(pod) !== (before === null ? undefined : graceOf(before))) setImmediate(terminate, pod);
  });

  const ignore = machines.onLoss((node) => {
    for (const { machine, worker } of workers.values()) if (machine.name === node) worker.crash();
  });

  return {
    program: (podUid, container) => workers.get(podUid)?.worker.program(container) ?? null,
    close() {
      stop();
      ignore();
      for (const { worker } of workers.values()) worker.kill();
    },
  };
}

const nodeOf = (pod: JsonObject): string => textOf(at(pod, 'spec', 'nodeName'));

/** Bound, and nothing has been done for it yet. */
const isNew = (pod: JsonObject): boolean =>
  nodeOf(pod) !== '' &&
  textOf(at(pod, 'status', 'phase')) === 'Pending' &&
  listOf(at(pod, 'status', 'containerStatuses')).length === 0;

/** Undefined while the pod is not being deleted. */
const graceOf = (pod: JsonObject): number | undefined =>
  metadataOf(pod).deletionTimestamp === undefined ? undefined : numberOf(metadataOf(pod).deletionGracePeriodSeconds, 30);

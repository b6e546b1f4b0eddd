import { pods } from '../api/kinds.ts';
import { at, isObject, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';
import { type Stage, withStage } from './pod-status.ts';
import type { Program, StartProgram } from './program.ts';

export const NODE = 'demo-node';

export interface Kubelet {
  /** The program of a container that runs; null when it does not. */
  program(podUid: string, container: string): Program | null;
  close(): void;
}

interface Running {
  program: Program;
  startedAt: string;
}

/** Scheduler and kubelet of one node with `capacity` millicores: places pods, starts their program, writes their status, ends and removes them. */
export function startKubelet(world: World, start: StartProgram, capacity: number): Kubelet {
  const { store, events } = world;
  const running = new Map<string, Running>();
  const waiting = new Map<string, string>();
  const ending = new Set<string>();
  let addresses = 1;
  const ips = new Map<string, string>();

  const fresh = (pod: JsonObject): JsonObject | null => {
    const found = store.get(pods, namespaceOf(pod), nameOf(pod));
    return found !== null && uidOf(found) === uidOf(pod) ? found : null;
  };
  const write = (pod: JsonObject, stage: Stage): JsonObject | null => {
    const found = fresh(pod);
    return found === null ? null : store.put(pods, withStage(found, stage, ips.get(uidOf(pod)) ?? '', world.time.text()));
  };

  const place = (pod: JsonObject): void => {
    const used = store
      .list(pods, null)
      .filter(
        (other) => textOf(at(other, 'spec', 'nodeName')) !== '' && !/Succeeded|Failed/.test(textOf(at(other, 'status', 'phase'))),
      )
      .reduce((sum, other) => sum + requestOf(other), 0);
    if (used + requestOf(pod) > capacity) {
      const message =
        '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: ' +
        '1 Preemption is not helpful for scheduling.';
      if (!waiting.has(uidOf(pod))) {
        events.scheduled(pod, 'Warning', 'FailedScheduling', message);
        write(pod, { stage: 'unschedulable', message });
      }
      waiting.set(uidOf(pod), `${namespaceOf(pod)}/${nameOf(pod)}`);
      return;
    }
    waiting.delete(uidOf(pod));
    addresses += 1;
    ips.set(uidOf(pod), `10.85.${1 + (addresses >> 8)}.${addresses & 255}`);
    const bound = { ...pod, spec: { ...objectOf(pod.spec), nodeName: NODE } };
    const placed = store.put(pods, withStage(bound, { stage: 'bound' }, '', world.time.text()));
    events.scheduled(placed, 'Normal', 'Scheduled', `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${NODE}`);
    void run(placed);
  };

  const run = async (pod: JsonObject): Promise<void> => {
    const container = objectOf(listOf(at(pod, 'spec', 'containers')).find(isObject));
    const name = textOf(container.name);
    await world.time.pace(0.05);
    write(pod, { stage: 'creating' });
    await world.time.pace(0.45);
    if (fresh(pod) === null || ending.has(uidOf(pod))) return;
    events.record(pod, 'kubelet', 'Normal', 'Pulled', `Container image "${textOf(container.image)}" already present on machine`);
    events.record(pod, 'kubelet', 'Normal', 'Created', `Created container: ${name}`);
    events.record(pod, 'kubelet', 'Normal', 'Started', `Started container ${name}`);
    const program = start({ pod, container: name, restarts: 0, write: (line) => world.logs.append(uidOf(pod), line) });
    const startedAt = world.time.text();
    running.set(uidOf(pod), { program, startedAt });
    void program.exit.then(({ code }) => finish(pod, startedAt, code));
    await world.time.pace(0.3);
    if (running.has(uidOf(pod)) && !ending.has(uidOf(pod))) write(pod, { stage: 'running', startedAt });
  };

  const finish = async (pod: JsonObject, startedAt: string, exitCode: number): Promise<void> => {
    running.delete(uidOf(pod));
    world.logs.finish(uidOf(pod));
    const stage = { stage: 'ended', startedAt, finishedAt: world.time.text(), exitCode } as const;
    if (!ending.has(uidOf(pod))) {
      write(pod, { ...stage, phase: false });
      await world.time.pace(1.1);
    }
    write(pod, { ...stage, phase: true });
    await world.time.pace(0.3);
    const last = fresh(pod);
    if (last !== null && metadataOf(last).deletionTimestamp !== undefined) store.remove(pods, last);
  };

  const terminate = (pod: JsonObject): void => {
    if (ending.has(uidOf(pod))) return;
    ending.add(uidOf(pod));
    const container = objectOf(listOf(at(pod, 'spec', 'containers')).find(isObject));
    const here = running.get(uidOf(pod));
    if (here !== undefined) {
      events.record(pod, 'kubelet', 'Normal', 'Killing', `Stopping container ${textOf(container.name)}`);
      here.program.terminate();
      return;
    }
    void world.time.pace(0.3).then(() => {
      const last = fresh(pod);
      if (last !== null) store.remove(pods, last);
    });
  };

  const stop = store.subscribe((change) => {
    if (change.kind !== pods || world.time.ended()) return;
    const pod = change.object;
    if (change.type === 'ADDED' && textOf(at(pod, 'spec', 'nodeName')) === '') setImmediate(() => retry(pod));
    if (change.type === 'MODIFIED' && metadataOf(pod).deletionTimestamp !== undefined) setImmediate(() => terminate(pod));
    if (change.type === 'DELETED') {
      running.get(uidOf(pod))?.program.terminate();
      waiting.delete(uidOf(pod));
      setImmediate(retryAll);
    }
    if (/Succeeded|Failed/.test(textOf(at(pod, 'status', 'phase')))) setImmediate(retryAll);
  });
  const retry = (pod: JsonObject): void => {
    const found = fresh(pod);
    if (found !== null && !world.time.ended() && textOf(at(found, 'spec', 'nodeName')) === '') place(found);
  };
  const retryAll = (): void => {
    for (const pod of store.list(pods, null)) if (waiting.has(uidOf(pod))) retry(pod);
  };

  return {
    program: (podUid) => running.get(podUid)?.program ?? null,
    close() {
      stop();
      for (const here of running.values()) here.program.terminate();
    },
  };
}

/** CPU request of a pod's containers in millicores. */
function requestOf(pod: JsonObject): number {
  return listOf(at(pod, 'spec', 'containers')).reduce<number>((sum, container) => {
    const cpu = String(at(container, 'resources', 'requests', 'cpu') ?? '0');
    return sum + (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000);
  }, 0);
}

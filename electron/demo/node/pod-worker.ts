import { pods } from '../api/kinds.ts';
import {
  at,
  isObject,
  type JsonObject,
  listOf,
  metadataOf,
  nameOf,
  namespaceOf,
  numberOf,
  same,
  textOf,
  uidOf,
} from '../json.ts';
import type { World } from '../world.ts';
import { live } from './container.ts';
import { type Machine, removePod } from './machine.ts';
import type { PodHost } from './pod-host.ts';
import { type ContainerRecord, neverSeen, type PodRecord, withStatus } from './pod-status.ts';
import type { Program, StartProgram } from './program.ts';
import { volumeProblems } from './references.ts';

/** A pod in the hands of its kubelet, from its binding to its end. */
export interface PodWorker {
  /** The running program of a container, of any when the name is empty. */
  program(container: string): Program | null;
  /** Ends the pod in so many cluster seconds at most; a later call can shorten it. */
  terminate(graceSeconds: number): void;
  /** Ends it at once. */
  kill(): void;
  /** Everything in it dies with its machine; what comes of that shows when the machine is back. */
  crash(): void;
}

const DEADLINE = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };

const containersOf = (pod: JsonObject, field: string): JsonObject[] => listOf(at(pod, 'spec', field)).filter(isObject);
const isSidecar = (container: JsonObject): boolean => container.restartPolicy === 'Always';

/** Takes over a pod that is bound to `machine`; `onEnd` is called once, when there is nothing more to do for it. */
export function startPod(world: World, machine: Machine, pod: JsonObject, start: StartProgram, onEnd: () => void): PodWorker {
  const { time } = world;
  const record = newRecord(pod, machine.address, time.text());
  const stop = createStop();
  const host = hostOf(world, machine, pod, start, record, stop);
  const { running } = host;
  const terminate = (graceSeconds: number): void => {
    const first = !stop.isSet();
    stop.set();
    if (first) stopContainers(host, record);
    void time.pace(graceSeconds).then(kill);
  };
  const crash = (): void => {
    for (const program of [...running.values()]) program.kill();
  };
  const kill = (): void => {
    stop.set();
    crash();
  };

  const run = async (): Promise<void> => {
    await time.pace(0.05);
    await host.publish();
    const deadline = at(pod, 'spec', 'activeDeadlineSeconds');
    if (typeof deadline === 'number') void expire(deadline);
    if ((await host.wait(0.45)) && (await mount(host))) {
      record.podIP = machine.podAddress();
      await runContainers(host, record);
    }
    await finish();
  };
  const finish = async (): Promise<void> => {
    const deleted = (): boolean => metadataOf(freshPod(world, pod) ?? {}).deletionTimestamp !== undefined;
    if (!deleted()) {
      await host.publish();
      await time.pace(1.1);
    }
    if (stop.isSet()) settle(record);
    record.over = true;
    record.ending ||= deleted();
    await host.publish();
    onEnd();
    if (deleted()) await removePod(world, machine, pod);
  };
  const expire = async (seconds: number): Promise<void> => {
    await time.pace(seconds);
    if (stop.isSet() || record.over || freshPod(world, pod) === null) return;
    record.verdict = DEADLINE;
    world.events.record(pod, 'kubelet', 'Normal', DEADLINE.reason, DEADLINE.message);
    await host.publish();
    terminate(graceOf(pod));
  };
  void run();
  return {
    program: (container) => (container === '' ? [...running.values()][0] : running.get(container)) ?? null,
    terminate(graceSeconds) {
      if (!record.ending) {
        record.ending = true;
        void host.publish();
      }
      terminate(graceSeconds);
    },
    kill,
    crash,
  };
}

interface Stop {
  set(): void;
  isSet(): boolean;
  /** Resolves when it is set. */
  wait: Promise<void>;
}

function createStop(): Stop {
  let isSet = false;
  let resolve: () => void = () => undefined;
  const wait = new Promise<void>((settled) => {
    resolve = settled;
  });
  return {
    wait,
    isSet: () => isSet,
    set() {
      isSet = true;
      resolve();
    },
  };
}

/** The pod as the API server holds it now; null when it is gone. */
function freshPod({ store }: World, pod: JsonObject): JsonObject | null {
  const found = store.get(pods, namespaceOf(pod), nameOf(pod));
  return found !== null && uidOf(found) === uidOf(pod) ? found : null;
}

function hostOf(world: World, machine: Machine, pod: JsonObject, start: StartProgram, record: PodRecord, stop: Stop): PodHost {
  const { events, store, time } = world;
  return {
    world,
    pod,
    node: machine.name,
    start,
    running: new Map(),
    ending: stop.isSet,
    lost: machine.lost,
    async publish() {
      await machine.reachable();
      const found = freshPod(world, pod);
      if (found === null || time.ended()) return;
      const next = withStatus(found, record, time.text());
      if (!same(next.status, found.status)) store.put(pods, next);
    },
    tell({ init, name }, type, reason, message) {
      events.record(pod, 'kubelet', type, reason, message, `spec.${init ? 'initContainers' : 'containers'}{${name}}`);
    },
    async wait(seconds) {
      await Promise.race([time.pace(seconds).then(machine.reachable), stop.wait]);
      return !stop.isSet();
    },
  };
}

const graceOf = (pod: JsonObject): number => numberOf(at(pod, 'spec', 'terminationGracePeriodSeconds'), 30);

function newRecord(pod: JsonObject, hostIP: string, startTime: string): PodRecord {
  const inits = containersOf(pod, 'initContainers');
  const reason = inits.length > 0 ? 'PodInitializing' : 'ContainerCreating';
  const fresh = (container: JsonObject, init: boolean): ContainerRecord => ({
    name: textOf(container.name),
    image: textOf(container.image),
    init,
    sidecar: init && isSidecar(container),
    current: { state: 'waiting', reason },
    last: null,
    restarts: 0,
  });
  const main = containersOf(pod, 'containers').map((container) => fresh(container, false));
  const containers = [...inits.map((container) => fresh(container, true)), ...main];
  return { containers, startTime, hostIP, podIP: '', over: false, ending: false, verdict: null };
}

/** Waits for the pod's volumes, asking again after 0.5, 1, 2, … seconds; false when the pod ends before. */
async function mount(host: PodHost): Promise<boolean> {
  for (let pause = 0.5; ; pause = Math.min(pause * 2, 122)) {
    const problems = volumeProblems(host.world, host.pod);
    if (problems.length === 0) return true;
    for (const problem of problems) host.world.events.record(host.pod, 'kubelet', 'Warning', 'FailedMount', problem);
    if (!(await host.wait(pause))) return false;
  }
}

/** Init containers one after the other, then all the others at once; sidecars go on until these have ended. */
async function runContainers(host: PodHost, record: PodRecord): Promise<void> {
  const { pod } = host;
  const policy = textOf(at(pod, 'spec', 'restartPolicy')) || 'Always';
  const known = (container: JsonObject): ContainerRecord | undefined =>
    record.containers.find(({ name }) => name === textOf(container.name));
  for (const container of containersOf(pod, 'initContainers')) {
    const one = known(container);
    if (one === undefined) continue;
    if (one.sidecar) {
      void live(host, container, one, 'Always');
      if (!(await host.wait(0.5))) return;
      continue;
    }
    await live(host, container, one, policy === 'Always' ? 'OnFailure' : policy);
    if (host.ending() || one.current.state !== 'terminated' || one.current.exitCode !== 0) return;
    await host.publish();
  }
  const main = containersOf(pod, 'containers').map(async (container) => {
    const one = known(container);
    if (one === undefined) return;
    await live(host, container, one, policy);
    if (!host.ending()) await host.publish();
  });
  await Promise.all(main);
  stopContainers(host, record);
}

/** SIGTERM for what still runs. */
function stopContainers(host: PodHost, record: PodRecord): void {
  for (const one of record.containers) {
    const program = host.running.get(one.name);
    if (program === undefined) continue;
    host.tell(one, 'Normal', 'Killing', `Stopping container ${one.name}`);
    program.terminate();
  }
}

/** The last word about each container: one that waited ended as it last did, or was never there. */
function settle(record: PodRecord): void {
  for (const one of record.containers) {
    if (one.init || one.current.state !== 'waiting') continue;
    one.current = { state: 'terminated', ...(one.last ?? neverSeen) };
    one.last = null;
  }
}

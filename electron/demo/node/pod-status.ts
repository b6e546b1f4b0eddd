import { at, isObject, type Json, type JsonObject, listOf, metadataOf, numberOf, objectOf, textOf } from '../json.ts';

/** How a container ended. Times as Kubernetes writes them. */
export interface Terminated {
  exitCode: number;
  reason: string;
  message?: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Absent where no container was ever made. */
  containerID?: string;
}

export type ContainerState =
  | { state: 'waiting'; reason: string; message?: string }
  | { state: 'running'; startedAt: string; containerID: string }
  | ({ state: 'terminated' } & Terminated);

/** What the kubelet knows of one container. */
export interface ContainerRecord {
  name: string;
  image: string;
  /** Runs before the others; `sidecar`: goes on beside them. */
  init: boolean;
  sidecar: boolean;
  current: ContainerState;
  last: Terminated | null;
  restarts: number;
}

/** What the kubelet knows of a pod on its node. */
export interface PodRecord {
  containers: ContainerRecord[];
  startTime: string;
  hostIP: string;
  /** Set once the pod has its network. */
  podIP: string;
  /** The containers are gone for good: only now the pod may be said to have ended. */
  over: boolean;
  /** It is to end: nothing is restarted, whatever the policy. */
  ending: boolean;
  /** Why the kubelet itself ended it, such as DeadlineExceeded. */
  verdict: { reason: string; message: string } | null;
}

type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** The phase as the kubelet derives it from the containers (`getPhase` in pkg/kubelet/kubelet_pods.go). */
export function phaseOf(record: PodRecord, restartPolicy: string): Phase {
  if (record.verdict !== null) return 'Failed';
  const policy = record.ending ? 'Never' : restartPolicy;
  const initial = record.containers.filter(({ init, sidecar }) => init && !sidecar);
  const main = record.containers.filter(({ init }) => !init);
  if (policy === 'Never' && initial.some(({ current }) => current.state === 'terminated' && current.exitCode !== 0))
    return 'Failed';
  const unfinished = initial.some(({ current }) => current.state !== 'terminated');
  if (unfinished || main.some(({ current, last }) => current.state === 'waiting' && last === null)) return 'Pending';
  if (main.some(({ current }) => current.state === 'running') || policy === 'Always') return 'Running';
  const codes = main.map(({ current, last }) => (current.state === 'terminated' ? current.exitCode : (last?.exitCode ?? 1)));
  if (codes.every((code) => code === 0)) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}

const NEVER_SEEN = 'ContainerStatusUnknown';

/** What a kubelet says of a container that it never got to start, once its pod has ended. */
export const neverSeen: Terminated = {
  exitCode: 137,
  reason: NEVER_SEEN,
  message: 'The container could not be located when the pod was terminated',
  startedAt: null,
  finishedAt: null,
};

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

function conditionsOf(record: PodRecord, phase: Phase): Condition[] {
  const named = (records: ContainerRecord[]): string => `[${records.map(({ name }) => name).join(' ')}]`;
  const is = (type: string, yes: boolean, more: { reason?: string; message?: string } = {}): Condition => ({
    type,
    status: yes ? 'True' : 'False',
    ...more,
  });
  const incomplete = record.containers.filter((one) => one.init && !isInitialised(one));
  const unready = record.containers.filter((one) => !one.init && one.current.state !== 'running');
  const unknown = record.containers.some(({ current }) => current.state === 'terminated' && current.reason === NEVER_SEEN);
  const ended = unknown
    ? null
    : phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : phase === 'Failed'
        ? { reason: 'PodFailed' }
        : null;
  const notReady = { reason: 'ContainersNotReady', message: `containers with unready status: ${named(unready)}` };
  const readiness = ended ?? (unready.length > 0 ? notReady : null);
  const uninitialised = {
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: ${named(incomplete)}`,
  };
  const done = phase === 'Succeeded' ? { reason: 'PodCompleted' } : {};
  return [
    is('PodReadyToStartContainers', record.podIP !== '' && !record.over),
    incomplete.length > 0 ? is('Initialized', false, uninitialised) : is('Initialized', true, done),
    is('Ready', readiness === null, readiness ?? {}),
    is('ContainersReady', readiness === null, readiness ?? {}),
    is('PodScheduled', true),
  ];
}

const isInitialised = ({ current, sidecar }: ContainerRecord): boolean =>
  (current.state === 'terminated' && current.exitCode === 0) || (sidecar && current.state === 'running');

/** The pod with the status its kubelet would write now. */
export function withStatus(pod: JsonObject, record: PodRecord, now: string): JsonObject {
  const old = objectOf(pod.status);
  const derived = phaseOf(record, textOf(at(pod, 'spec', 'restartPolicy')) || 'Always');
  const ended = derived === 'Succeeded' || derived === 'Failed';
  const phase = ended && !record.over ? textOf(old.phase) || 'Pending' : derived;
  const observedGeneration = numberOf(metadataOf(pod).generation, 1);
  const conditions = conditionsOf(record, derived).map((one): JsonObject => ({ ...one, observedGeneration }));
  const { hostIP, podIP, startTime, verdict } = record;
  const inits = record.containers.filter(({ init }) => init).map(statusOf);
  return {
    ...pod,
    status: {
      ...old,
      observedGeneration,
      phase,
      ...(verdict !== null && record.over ? verdict : {}),
      conditions: joined(listOf(old.conditions).filter(isObject), conditions, now),
      hostIP,
      hostIPs: [{ ip: hostIP }],
      ...(podIP === '' ? {} : { podIP, podIPs: [{ ip: podIP }] }),
      startTime,
      ...(inits.length === 0 ? {} : { initContainerStatuses: inits }),
      containerStatuses: record.containers.filter(({ init }) => !init).map(statusOf),
    },
  };
}

/** The pod with one condition set, as a scheduler or controller does it; the others stay. */
export function withCondition(pod: JsonObject, condition: JsonObject, now: string): JsonObject {
  const status = objectOf(pod.status);
  const before = listOf(status.conditions).filter(isObject);
  const kept = before.filter(({ type }) => type !== condition.type);
  return { ...pod, status: { ...status, conditions: [...kept, ...joined(before, [condition], now).slice(kept.length)] } };
}

/** Conditions of others first, then ours; the time of transition stays while the status does. */
function joined(before: JsonObject[], ours: JsonObject[], now: string): JsonObject[] {
  const types = new Set(ours.map(({ type }) => type));
  const stamped = ours.map((one): JsonObject => {
    const earlier = before.find(({ type }) => type === one.type);
    const since = earlier !== undefined && earlier.status === one.status ? textOf(earlier.lastTransitionTime) : now;
    return { ...one, lastProbeTime: null, lastTransitionTime: since };
  });
  return [...before.filter(({ type }) => !types.has(type ?? '')), ...stamped];
}

function statusOf(record: ContainerRecord): JsonObject {
  const { current, image, init, last, name, restarts } = record;
  const running = current.state === 'running';
  const exited = current.state === 'terminated' && current.exitCode === 0;
  const containerID = current.state === 'waiting' ? (last?.containerID ?? '') : (current.containerID ?? '');
  return {
    ...(containerID === '' ? {} : { containerID }),
    image,
    imageID: containerID === '' ? '' : `docker.io/${image}@demo`,
    lastState: last === null ? {} : { terminated: { ...last } },
    name,
    ready: init ? exited || (running && record.sidecar) : running,
    restartCount: restarts,
    started: running,
    state: stateOf(current),
  };
}

function stateOf(current: ContainerState): Json {
  const { state, ...rest } = current;
  if (current.state === 'running') return { running: { startedAt: current.startedAt } };
  return { [state]: rest };
}

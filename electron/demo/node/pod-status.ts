import { at, isObject, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from '../json.ts';

/** Where a pod's one container is in its life. */
export type Stage =
  | { stage: 'bound' }
  | { stage: 'unschedulable'; message: string }
  | { stage: 'creating' }
  | { stage: 'running'; startedAt: string }
  /** The container ended; `phase` follows about a second later. */
  | { stage: 'ended'; startedAt: string; finishedAt: string; exitCode: number; phase: boolean };

interface Condition {
  type: string;
  status: 'True' | 'False';
  reason?: string;
  message?: string;
}

const containerOf = (pod: JsonObject): JsonObject => objectOf(listOf(at(pod, 'spec', 'containers')).find(isObject));

/** The pod with the status that a scheduler and a kubelet would have written at this stage. */
export function withStage(pod: JsonObject, stage: Stage, podIP: string, now: string): JsonObject {
  const container = containerOf(pod);
  const name = textOf(container.name);
  const before = listOf(at(pod, 'status', 'conditions')).filter(isObject);
  const generation = numberOf(at(pod, 'metadata', 'generation'), 1);
  const conditions = conditionsOf(stage, name).map((condition): JsonObject => {
    const earlier = before.find((one) => one.type === condition.type);
    const since = earlier?.status === condition.status ? textOf(earlier.lastTransitionTime) : now;
    return { ...condition, observedGeneration: generation, lastProbeTime: null, lastTransitionTime: since };
  });
  const old = objectOf(pod.status);
  const base: JsonObject = { ...old, observedGeneration: generation, phase: phaseOf(stage), conditions };
  if (stage.stage === 'bound' || stage.stage === 'unschedulable') return { ...pod, status: base };
  const running = stage.stage === 'running';
  const known = stage.stage !== 'creating';
  const status: JsonObject = {
    ...base,
    hostIP: '10.85.0.1',
    hostIPs: [{ ip: '10.85.0.1' }],
    ...(known ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    startTime: textOf(old.startTime) || now,
    containerStatuses: [
      {
        name,
        state: stateOf(stage),
        lastState: {},
        ready: running,
        restartCount: 0,
        image: textOf(container.image),
        imageID: '',
        started: running,
      },
    ],
  };
  return { ...pod, status };
}

function phaseOf(stage: Stage): string {
  if (stage.stage === 'running') return 'Running';
  if (stage.stage !== 'ended') return 'Pending';
  if (!stage.phase) return 'Running';
  return stage.exitCode === 0 ? 'Succeeded' : 'Failed';
}

function stateOf(stage: Stage): Json {
  if (stage.stage === 'running') return { running: { startedAt: stage.startedAt } };
  if (stage.stage !== 'ended') return { waiting: { reason: 'ContainerCreating' } };
  const { exitCode, startedAt, finishedAt } = stage;
  return { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt, finishedAt } };
}

function conditionsOf(stage: Stage, container: string): Condition[] {
  const is = (type: string, yes: boolean, more: { reason?: string; message?: string } = {}): Condition => ({
    type,
    status: yes ? 'True' : 'False',
    ...more,
  });
  const scheduled = is('PodScheduled', true);
  switch (stage.stage) {
    case 'bound':
      return [scheduled];
    case 'unschedulable':
      return [is('PodScheduled', false, { reason: 'Unschedulable', message: stage.message })];
    case 'creating': {
      const unready = { reason: 'ContainersNotReady', message: `containers with unready status: [${container}]` };
      const readiness = [is('Ready', false, unready), is('ContainersReady', false, unready)];
      return [is('PodReadyToStartContainers', false), is('Initialized', true), ...readiness, scheduled];
    }
    case 'running':
      return [
        ...['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'].map((type) => is(type, true)),
        scheduled,
      ];
    case 'ended': {
      const done = stage.exitCode === 0 ? { reason: 'PodCompleted' } : { reason: 'PodFailed' };
      return [
        is('PodReadyToStartContainers', !stage.phase),
        is('Initialized', true, stage.exitCode === 0 ? done : {}),
        is('Ready', false, done),
        is('ContainersReady', false, done),
        scheduled,
      ];
    }
  }
}

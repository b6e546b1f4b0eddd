import { field, numberAt, recordAt, textAt } from '../../json.ts';
import { parseTime } from '../../time.ts';
import { kindOf } from '../objects.ts';
import { endWhy, newestDriver, pendingWhy, type SparkPod, sparkPods } from '../pods.ts';
import type { ApplicationState, Phase } from '../state.ts';
import { oneLine } from '../why.ts';
import { type OperatorAdapter, phaseIn } from './adapter.ts';
import { machineShapes } from './machines.ts';
import {
  executorsWhy,
  labelOf,
  liveExecutors,
  newestDriverName,
  ownedBy,
  sparkConf,
  uiEnabledOf,
  uiPortOf,
  wholeNumber,
} from './reading.ts';

const machine = machineShapes.apache;
const group = 'spark.apache.org';
const released = ['ResourceReleased', 'TerminatedWithoutReleaseResources'];
const withoutDriverYet = ['Submitted', 'DriverRequested', 'DriverStarted', 'DriverReady', 'ScheduledToRestart'];

/** One state the operator has been in, from `status.stateTransitionHistory`. */
export interface ApacheTransition {
  word: string;
  at: number;
  message: string | null;
}

/** The operator's own history, oldest first; trimmed by it to the present attempt (unless configured otherwise). */
export function transitionHistory(object: unknown): ApacheTransition[] {
  return Object.entries(recordAt(object, 'status', 'stateTransitionHistory'))
    .map(([id, entry]) => ({ id: Number(id), entry }))
    .sort((a, b) => a.id - b.id)
    .flatMap(({ entry }) => {
      const word = textAt(entry, 'currentStateSummary');
      const at = parseTime(textAt(entry, 'lastTransitionTime'));
      return word === null || at === null ? [] : [{ word, at, message: textAt(entry, 'message') }];
    });
}

/** The attempt of the present run, from 1 (`attemptInfo.id` counts from 0). */
export function apacheAttempt(object: unknown): number {
  return (numberAt(object, 'status', 'currentAttemptSummary', 'attemptInfo', 'id') ?? 0) + 1;
}

/** How it ended tells the last state before its resources were released. */
export function apachePhase(word: string, before: string | null): Phase {
  if (!released.includes(word)) return phaseIn(machine, word);
  return before === null || before === 'Succeeded' ? 'succeeded' : 'failed';
}

function endState(object: unknown): string | null {
  return transitionHistory(object).findLast(({ word }) => !released.includes(word))?.word ?? null;
}

function state(object: unknown, pods: readonly unknown[]): ApplicationState {
  const word = textAt(object, 'status', 'currentState', 'currentStateSummary') ?? '';
  if (word === '') return { phase: 'new', word, why: null };
  const phase = apachePhase(word, endState(object));
  return { phase, word, why: why(object, word, phase, sparkPods(pods)) };
}

function why(object: unknown, word: string, phase: Phase, pods: readonly SparkPod[]): string | null {
  if (phase === 'succeeded' || word === 'Succeeded') return null;
  const driver = newestDriver(pods);
  if (withoutDriverYet.includes(word)) return driver === null ? null : pendingWhy(driver);
  if (phase === 'running' || phase === 'degraded' || phase === 'starting') return executorsWhy(pods);
  const told = driver === null ? null : endWhy(driver);
  return told ?? oneLine(textAt(object, 'status', 'currentState', 'message'));
}

/** `RestartConfig`: three restarts unless told otherwise, and any number where the counter starts anew after a while. */
function attemptsMost(object: unknown): number | null {
  const config = recordAt(object, 'spec', 'applicationTolerations', 'restartConfig');
  if ((textAt(config, 'restartPolicy') ?? 'Never') === 'Never') return 1;
  return (numberAt(config, 'restartCounterResetMillis') ?? -1) >= 0 ? null : (numberAt(config, 'maxRestartAttempts') ?? 3) + 1;
}

/** Apache's operator, `spark.apache.org/v1`. */
export const apache: OperatorAdapter = {
  operator: 'apache',
  resource: { group, version: 'v1', plural: 'sparkapplications', kind: 'SparkApplication' },
  machine,
  isApplication: (object) => kindOf(object).group === group && kindOf(object).kind === 'SparkApplication',
  applicationName: (object) => textAt(object, 'metadata', 'name') ?? '',
  applicationOfPod: (pod) => labelOf(pod, 'spark.operator/spark-app-name'),
  ownsPod: (object, pod) => ownedBy(object, pod, labelOf(pod, 'spark.operator/spark-app-name'), group),
  runOfPod: (pod) => labelOf(pod, 'spark-app-selector'),
  state,
  message: (object) => textAt(object, 'status', 'currentState', 'message'),
  attempts: (object) => (field(object, 'status', 'currentState') === undefined ? 0 : apacheAttempt(object)),
  attemptsMost,
  startedAt: (object) => transitionHistory(object).findLast(({ word }) => word === 'DriverRequested')?.at ?? null,
  endedAt: (object) => {
    const word = textAt(object, 'status', 'currentState', 'currentStateSummary') ?? '';
    if (released.includes(word)) {
      return (
        transitionHistory(object).findLast((transition) => !released.includes(transition.word))?.at ??
        parseTime(textAt(object, 'status', 'currentState', 'lastTransitionTime'))
      );
    }
    return phaseIn(machine, word) === 'finishing'
      ? parseTime(textAt(object, 'status', 'currentState', 'lastTransitionTime'))
      : null;
  },
  wantedExecutors: (object, pods) =>
    sparkConf(object, 'spark.dynamicAllocation.enabled') === 'true'
      ? liveExecutors(sparkPods(pods)).length
      : (wholeNumber(sparkConf(object, 'spark.executor.instances')) ?? 2),
  driverPodName: (_object, pods) => newestDriverName(pods),
  uiPort: uiPortOf,
  uiEnabled: uiEnabledOf,
};

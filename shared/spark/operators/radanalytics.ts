import { numberAt, textAt } from '../../json.ts';
import { kindOf } from '../objects.ts';
import { endWhy, newestDriver, sparkPods } from '../pods.ts';
import type { OperatorAdapter } from './adapter.ts';
import { driverEndedAt, driverStartedAt, stateOfDriver } from './driver-state.ts';
import { machineShapes } from './machines.ts';
import { labelOf, newestDriverName, ownedBy } from './reading.ts';

const group = 'radanalytics.io';
const label = 'radanalytics.io/SparkApplication';

/**
 * radanalytics, `radanalytics.io/v1`. Its status "ready" means that the submitter was created, not that the job runs, so the
 * state is the driver pod's. It has no sparkConf, hence the default UI.
 */
export const radanalytics: OperatorAdapter = {
  operator: 'radanalytics',
  resource: { group, version: 'v1', plural: 'sparkapplications', kind: 'SparkApplication' },
  machine: machineShapes.radanalytics,
  isApplication: (object) => kindOf(object).group === group && kindOf(object).kind === 'SparkApplication',
  applicationName: (object) => textAt(object, 'metadata', 'name') ?? '',
  applicationOfPod: (pod) => labelOf(pod, label),
  ownsPod: (object, pod) => ownedBy(object, pod, labelOf(pod, label), group),
  runOfPod: (pod) => labelOf(pod, 'spark-app-selector'),
  state: (object, pods) =>
    stateOfDriver(sparkPods(pods)) ?? {
      phase: 'new',
      word: textAt(object, 'status', 'state') ?? '',
      why: null,
    },
  message: (_object, pods) => {
    const driver = newestDriver(sparkPods(pods));
    return driver === null ? null : endWhy(driver);
  },
  attempts: () => null,
  attemptsMost: () => null,
  startedAt: (_object, pods) => driverStartedAt(newestDriver(sparkPods(pods))),
  endedAt: (_object, pods) => driverEndedAt(newestDriver(sparkPods(pods))),
  wantedExecutors: (object) => numberAt(object, 'spec', 'executor', 'instances') ?? 1,
  driverPodName: (_object, pods) => newestDriverName(pods),
  uiPort: () => 4040,
  uiEnabled: () => true,
};

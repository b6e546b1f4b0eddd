import { listAt, numberAt, textAt } from '../../json.ts';
import { metadataOf } from '../objects.ts';
import { endWhy, sparkPod, sparkPods } from '../pods.ts';
import type { OperatorAdapter } from './adapter.ts';
import { driverEndedAt, driverStartedAt, stateOfDriver } from './driver-state.ts';
import { machineShapes } from './machines.ts';
import { labelOf } from './reading.ts';

/** Labels by which the operators claim a pod. */
const claims = ['sparkoperator.k8s.io/app-name', 'spark.operator/spark-app-name', 'radanalytics.io/SparkApplication'];

function isClaimed(pod: unknown): boolean {
  return (
    claims.some((claim) => labelOf(pod, claim) !== null) ||
    metadataOf(pod).owners.some((owner) => owner.kind === 'SparkApplication')
  );
}

/** The object is the driver pod; it may be missing among `pods`, or there in a newer version. */
function podsOf(object: unknown, pods: readonly unknown[]): unknown[] {
  const { uid } = metadataOf(object);
  return pods.some((pod) => metadataOf(pod).uid === uid) ? [...pods] : [object, ...pods];
}

/** Plain spark-submit: a driver pod that no operator owns is the application, its executors share `spark-app-selector`. */
export const sparkSubmit: OperatorAdapter = {
  operator: 'spark-submit',
  resource: { group: '', version: 'v1', plural: 'pods', kind: 'Pod', labelSelector: 'spark-role=driver' },
  machine: machineShapes['spark-submit'],
  isApplication: (object) => sparkPod(object)?.role === 'driver' && !isClaimed(object),
  applicationName: (object) => labelOf(object, 'spark-app-name') ?? textAt(object, 'metadata', 'name') ?? '',
  // Executors are tied to their driver by Spark's id: the job may set another name at run time (spark-app-name differs).
  applicationOfPod: (pod) => (isClaimed(pod) ? null : labelOf(pod, 'spark-app-selector')),
  ownsPod: (object, pod) => {
    const [application, other] = [metadataOf(object), metadataOf(pod)];
    if (application.namespace !== other.namespace || sparkPod(pod) === null || isClaimed(pod)) return false;
    if (application.uid !== '' && application.uid === other.uid) return true;
    const id = labelOf(object, 'spark-app-selector');
    return id !== null && labelOf(pod, 'spark-role') === 'executor' && labelOf(pod, 'spark-app-selector') === id;
  },
  runOfPod: (pod) => labelOf(pod, 'spark-app-selector'),
  state: (object, pods) => stateOfDriver(sparkPods(podsOf(object, pods))) ?? { phase: 'unknown', word: 'Unknown', why: null },
  message: (object) => {
    const driver = sparkPod(object);
    return driver === null ? null : endWhy(driver);
  },
  attempts: () => null,
  attemptsMost: () => null,
  startedAt: (object) => driverStartedAt(sparkPod(object)),
  endedAt: (object) => driverEndedAt(sparkPod(object)),
  // What was asked for stands in a ConfigMap of the driver only: count those that were ever there.
  wantedExecutors: (_object, pods) => sparkPods(pods).filter((pod) => pod.role === 'executor').length,
  driverPodName: (object) => textAt(object, 'metadata', 'name'),
  uiPort: (object) => {
    const ports = listAt(object, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
    return (
      numberAt(
        ports.find((port) => textAt(port, 'name') === 'spark-ui'),
        'containerPort',
      ) ?? 4040
    );
  },
  uiEnabled: () => true,
};

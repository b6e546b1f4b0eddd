import { at, type JsonObject, listOf, numberOf, objectOf, textOf } from '../../json.ts';
import type { NewState } from './status.ts';
import { instancesOf } from './tolerations.ts';
import { isStarting, messages } from './words.ts';

/** The container the operator judges a driver by, unless the application names another. */
const defaultContainer = 'spark-kubernetes-driver';

function mainContainer(application: JsonObject, driver: JsonObject): JsonObject {
  const key = 'spark.kubernetes.driver.podTemplateContainerName';
  const name = textOf(at(application, 'spec', 'sparkConf', key)) || defaultContainer;
  return objectOf(listOf(at(driver, 'status', 'containerStatuses')).find((status) => at(status, 'name') === name));
}

const phaseOf = (pod: JsonObject): string => textOf(at(pod, 'status', 'phase'));

/** Condition Ready. */
export function isReady(pod: JsonObject): boolean {
  const conditions = listOf(at(pod, 'status', 'conditions'));
  return conditions.some((condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True');
}

/** The states that a driver which starts gives rise to: started and ready may come at once, or the end of it (`AppDriver…Observer`). */
export function observeStart(application: JsonObject, driver: JsonObject, isStarted: boolean): NewState[] {
  const started = !isStarted && mainContainer(application, driver).ready === true;
  const states: NewState[] = started ? [{ word: 'DriverStarted', message: messages.driverStarted }] : [];
  if (isReady(driver)) return [...states, { word: 'DriverReady', message: messages.driverReady }];
  const end = observeEnd(application, driver, false);
  return end === null ? states : [...states, end];
}

/** How the driver ended; null while it has not. `wasReady`: it has been ready in this attempt (`BaseAppDriverObserver`). */
export function observeEnd(application: JsonObject, driver: JsonObject, wasReady: boolean): NewState | null {
  const status = objectOf(driver.status);
  // A pod that dies before its containers are started says nothing of them; the operator waits for its timeout.
  if (listOf(status.containerStatuses).length === 0) return null;
  const failed = (message: string): NewState => ({ word: 'Failed', message, driverStatus: status });
  const succeeded = (message: string, more: Pick<NewState, 'driverStatus'> = {}): NewState =>
    wasReady ? { word: 'Succeeded', message, ...more } : failed(messages.endedEarly);
  if (phaseOf(driver) === 'Failed') {
    return status.reason === 'Evicted'
      ? { word: 'DriverEvicted', message: messages.failed, driverStatus: status }
      : failed(messages.failed);
  }
  if (phaseOf(driver) === 'Succeeded') return succeeded(messages.completed);
  const initial = listOf(status.initContainerStatuses);
  if (initial.some((container) => numberOf(at(container, 'state', 'terminated', 'exitCode'), 0) !== 0)) {
    return failed(messages.failedInitContainers);
  }
  const container = mainContainer(application, driver);
  const code = at(container, 'state', 'terminated', 'exitCode');
  if (code === 0) return succeeded(messages.exitedWith0, { driverStatus: status });
  if (typeof code === 'number') return failed(messages.failed);
  return numberOf(container.restartCount, 0) > 0 ? failed(messages.restarted) : null;
}

/** The running state by the executors that are ready; null while there is none and the start is waited for (`AppRunningStep`). */
export function observeExecutors(application: JsonObject, word: string, ready: number): NewState | null {
  const { initial, least, most } = instancesOf(application);
  const starting = isStarting(word);
  if (initial === 0 || (!starting && least === 0)) return { word: 'RunningHealthy', message: messages.healthy };
  if (ready >= (starting ? initial : least)) {
    const isFixed = textOf(at(application, 'spec', 'sparkConf', 'spark.dynamicAllocation.enabled')).toLowerCase() !== 'true';
    return isFixed && most > 0 && ready < most
      ? { word: 'RunningWithPartialCapacity', message: messages.partial }
      : { word: 'RunningHealthy', message: messages.healthy };
  }
  if (!starting) return { word: 'RunningWithBelowThresholdExecutors', message: messages.runningBelow };
  return ready > 0 ? { word: 'InitializedBelowThresholdExecutors', message: messages.initializedBelow } : null;
}

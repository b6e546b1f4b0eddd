import { endWhy, newestDriver, pendingWhy, type SparkPod } from '../pods.ts';
import type { ApplicationState } from '../state.ts';
import { phaseIn } from './adapter.ts';
import { machineShapes } from './machines.ts';
import { executorsWhy } from './reading.ts';

/**
 * The phase of a driver pod as its container tells it: a sidecar keeps a pod Running after the driver ended, and the kubelet
 * writes the phase a second later than the container's end.
 */
export function driverWord(driver: SparkPod): string {
  const { container, phase } = driver;
  if (container.state === 'ended') return container.exitCode === 0 ? 'Succeeded' : 'Failed';
  return phaseIn(machineShapes['spark-submit'], phase) === 'unknown' ? 'Unknown' : phase;
}

/** State of an application that is known by its driver pod alone (`pods` in the order of `sparkPods`). */
export function stateOfDriver(pods: readonly SparkPod[]): ApplicationState | null {
  const driver = newestDriver(pods);
  if (driver === null) return null;
  const word = driverWord(driver);
  const why = word === 'Pending' ? pendingWhy(driver) : word === 'Running' ? executorsWhy(pods) : endWhy(driver);
  return { phase: phaseIn(machineShapes['spark-submit'], word), word, why };
}

/** When the driver's container started; its creation until then. */
export function driverStartedAt(driver: SparkPod | null): number | null {
  if (driver === null) return null;
  const { container } = driver;
  return (container.state === 'running' || container.state === 'ended' ? container.startedAt : null) ?? driver.metadata.createdAt;
}

/** When the driver's container ended, null while it has not. */
export function driverEndedAt(driver: SparkPod | null): number | null {
  return driver?.container.state === 'ended' ? driver.container.endedAt : null;
}

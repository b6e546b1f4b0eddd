import { operators } from '../../shared/spark/operators/index.ts';
import { newestDriver, pendingWhy, sparkPods } from '../../shared/spark/pods.ts';
import type { Operator } from '../../shared/spark/state.ts';
import type { FollowedApplication } from '../spark/applications/index.ts';

/** Where the Spark UI of an application is to be found now, as far as the cluster's objects tell. */
export type UiPlace =
  | { place: 'unknown' }
  | { place: 'awaited'; for: 'driver' | 'container'; why: string | null }
  | { place: 'at'; pod: string; uid: string; port: number }
  | { place: 'over'; reason: 'driver-ended' | 'application-deleted' | 'ui-disabled'; at: number | null; exitCode: number | null };

/**
 * Reads the place from the application and its pods: the newest driver counts, since a retried application has a new one. An
 * ended driver takes its UI with it (the UI lives in the SparkContext), and the wait goes on only where the operator runs it again.
 */
export function uiPlace(operator: Operator, followed: FollowedApplication): UiPlace {
  const { object, exists, listed } = followed;
  if (object === null)
    return listed ? { place: 'over', reason: 'application-deleted', at: null, exitCode: null } : { place: 'unknown' };
  const adapter = operators[operator];
  if (!exists) return { place: 'over', reason: 'application-deleted', at: null, exitCode: null };
  if (!adapter.uiEnabled(object)) return { place: 'over', reason: 'ui-disabled', at: null, exitCode: null };
  const objects = [...followed.pods.values()];
  const { phase } = adapter.state(object, objects);
  const isOver = phase === 'succeeded' || phase === 'failed' || phase === 'finishing' || phase === 'suspended';
  const driver = newestDriver(sparkPods(objects));
  if (driver === null) {
    if (!isOver) return { place: 'awaited', for: 'driver', why: null };
    return { place: 'over', reason: 'driver-ended', at: adapter.endedAt(object, objects), exitCode: null };
  }
  const { container, metadata } = driver;
  if (container.state === 'running') return { place: 'at', pod: metadata.name, uid: metadata.uid, port: adapter.uiPort(object) };
  if (container.state === 'ended' || driver.phase === 'Succeeded' || driver.phase === 'Failed') {
    if (phase === 'retrying') return { place: 'awaited', for: 'driver', why: null };
    const ended = container.state === 'ended' ? container : { endedAt: null, exitCode: null };
    return { place: 'over', reason: 'driver-ended', at: ended.endedAt, exitCode: ended.exitCode };
  }
  return { place: 'awaited', for: 'container', why: pendingWhy(driver) };
}

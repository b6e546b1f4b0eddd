import type { World } from '../../world.ts';
import { install } from '../account.ts';
import { startClusters } from './clusters.ts';
import { startApplications } from './run.ts';
import { ACCOUNT } from './submission.ts';

/** Plays Apache's Spark operator, as its chart installs it. Returns how to stop it. */
export function startApache(world: World): () => void {
  install(world, 'spark-operator-clusterrole', 'spark.apache.org', [ACCOUNT]);
  const stops = [startApplications(world), startClusters(world)];
  return () => {
    for (const stop of stops) stop();
  };
}

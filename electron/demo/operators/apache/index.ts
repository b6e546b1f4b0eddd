import type { World } from '../../world.ts';
import { install } from '../account.ts';
import { startApplications } from './run.ts';
import { ACCOUNT } from './submission.ts';

/** Plays Apache's Spark operator, as its chart installs it. Returns how to stop it. */
export function startApache(world: World): () => void {
  install(world, 'spark-operator-clusterrole', 'spark.apache.org', [ACCOUNT]);
  return startApplications(world);
}

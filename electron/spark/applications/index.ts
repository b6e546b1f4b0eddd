import type { ApplicationRef, ApplicationsBatch, ApplicationView } from '../../../shared/contract/applications.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import type { Cluster } from '../../clusters/index.ts';
import type { Clock } from '../../platform/world.ts';
import type { WatchCaches } from '../../watch/index.ts';
import { removeApplication, rerunApplication } from './commands.ts';
import { type FollowedApplication, followApplication } from './follow.ts';
import { listApplications } from './list.ts';
import { observeApplication } from './observe.ts';

export { type FollowedApplication, followApplication } from './follow.ts';
export { foldBatches } from './list.ts';

interface World {
  clusters: { get(context: string): Cluster };
  caches: WatchCaches;
  clock: Clock;
}

/** Spark applications of all operators: seen as a table, one by one, deleted and run again. */
export function createApplications(world: World) {
  /** The driver pod of a plain spark-submit, which is the application; null for the others. */
  async function driverOf(reference: ApplicationRef): Promise<string | null> {
    if (reference.operator !== 'spark-submit') return null;
    const { object, pods } = await onceListed(world.caches, reference);
    return operators['spark-submit'].driverPodName(object, [...pods.values()]);
  }

  return {
    list: (context: string, namespace: string | null, push: (batch: ApplicationsBatch) => void) =>
      listApplications(world.caches, context, namespace, push),
    observe: (reference: ApplicationRef, push: (view: ApplicationView) => void) => observeApplication(world, reference, push),
    async remove(reference: ApplicationRef) {
      await removeApplication(world.clusters.get(reference.context), reference, await driverOf(reference));
    },
    rerun: async (reference: ApplicationRef) => rerunApplication(world.clusters.get(reference.context), reference),
  };
}

/** The application as the first complete list has it. */
function onceListed(caches: WatchCaches, reference: ApplicationRef): Promise<FollowedApplication> {
  return new Promise((resolve) => {
    let end: (() => void) | null = null;
    let done = false;
    end = followApplication(caches, reference, {
      onChange(application) {
        if (done || !application.listed) return;
        done = true;
        end?.();
        resolve(application);
      },
    });
    if (done) end();
  });
}

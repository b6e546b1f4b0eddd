import { countOf, flagOf, type SparkConf, secondsOf } from './conf.ts';
import type { Executors } from './executors.ts';
import type { ProcessLife } from './process-life.ts';
import type { ApplicationStatus } from './status.ts';
import type { SparkLog, TaskScheduler } from './tasks.ts';

/** How often a look is enough while no task waits. */
const QUIET_SECONDS = 3;

/** What `ExecutorAllocationManager` looks at and acts on. */
export interface Demand {
  conf: SparkConf;
  executors: Executors;
  tasks: TaskScheduler;
  status: ApplicationStatus;
  log: SparkLog;
  life: ProcessLife;
}

/**
 * Dynamic allocation in its simple form: one more executor, then two, then four for each second in which tasks wait, never more than
 * tasks need or `maxExecutors` allows; one that has had nothing to do for `executorIdleTimeout` is let go, down to `minExecutors`.
 * The disposer ends it. Without `spark.dynamicAllocation.enabled` nothing is watched.
 */
export function watchDemand({ conf, executors, tasks, status, log, life }: Demand): () => void {
  if (!flagOf(conf, 'spark.dynamicAllocation.enabled', false)) return () => undefined;
  const least = countOf(conf, 'spark.dynamicAllocation.minExecutors', 0);
  const most = countOf(conf, 'spark.dynamicAllocation.maxExecutors', Number.MAX_SAFE_INTEGER);
  const patience = secondsOf(conf, 'spark.dynamicAllocation.schedulerBacklogTimeout', 1);
  const idleTimeout = secondsOf(conf, 'spark.dynamicAllocation.executorIdleTimeout', 60);
  const cores = Math.max(1, countOf(conf, 'spark.executor.cores', 1));
  const idleSince = new Map<string, number>();
  let stopped = false;
  let step = 1;

  const grow = (): void => {
    const waiting = tasks.waiting();
    const room = Math.min(most, executors.count() + Math.ceil(waiting / cores)) - executors.count();
    if (waiting === 0 || room <= 0) {
      step = 1;
      return;
    }
    const more = Math.min(step, room);
    const total = executors.count() + more;
    log(
      'ExecutorAllocationManager',
      `Requesting ${more} new executors because tasks are backlogged (new desired total will be ${total} for resource profile id: 0)`,
    );
    executors.request(total);
    step *= 2;
  };
  const shrink = (elapsed: number): void => {
    for (const [id, executor] of status.executors) {
      if (executor.removedAt !== null || !tasks.idle(id)) {
        idleSince.delete(id);
        continue;
      }
      const idle = (idleSince.get(id) ?? 0) + elapsed;
      idleSince.set(id, idle);
      if (idle < idleTimeout || executors.count() <= least) continue;
      log('ExecutorAllocationManager', `Executors ${id} removed due to idle timeout.`);
      executors.release(id);
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopped) {
      const pause = tasks.waiting() > 0 ? patience : Math.max(patience, QUIET_SECONDS);
      await life.wait(pause);
      if (stopped) return;
      grow();
      shrink(pause);
    }
  };
  void watch();
  return () => {
    stopped = true;
  };
}

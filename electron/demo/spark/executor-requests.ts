import { pods } from '../api/kinds.ts';
import { countOf, secondsOf } from './conf.ts';
import { type DriverClient, RequestRefused } from './driver-client.ts';
import type { DriverSettings } from './driver-settings.ts';
import { type ExecutorNames, executorPod } from './executor-pod.ts';
import { printed } from './failures.ts';
import type { ExecutorLink } from './links.ts';
import type { ProcessLife } from './process-life.ts';
import { allocating } from './stack-traces.ts';
import { refusal } from './submit/refusal.ts';
import type { SparkLog } from './tasks.ts';

/** An executor that was asked for; `link` is null while it has not registered. */
export interface Requested {
  pod: string;
  link: ExecutorLink | null;
}

/** `ExecutorPodsAllocator`: keeps as many executors as are wanted. */
export interface ExecutorRequests {
  /** By executor id; who takes one out says with `want` whether it is to be replaced. */
  known: Map<string, Requested>;
  /** From now on there are to be so many. */
  want(target: number): void;
  /** Asks for what is missing. */
  replenish(): void;
  stop(): void;
}

/** Seconds from one request of a batch to the next. */
const REQUEST_SECONDS = 0.3;

/** Asks for nothing until something is wanted. */
export function createRequests(
  { log, print, life }: { log: SparkLog; print(lines: string[]): void; life: ProcessLife },
  client: DriverClient,
  settings: DriverSettings,
  names: ExecutorNames,
): ExecutorRequests {
  const { conf } = settings;
  const batch = countOf(conf, 'spark.kubernetes.allocation.batch.size', 5);
  const delay = secondsOf(conf, 'spark.kubernetes.allocation.batch.delay', 1);
  const known = new Map<string, Requested>();
  let target = 0;
  let lastId = 0;
  let busy = false;
  let stopped = false;

  /** False where the API server refuses; Spark counts the number of the refused as used. */
  const ask = (): boolean => {
    lastId += 1;
    const id = String(lastId);
    log('BasicExecutorFeatureStep', 'Decommissioning not enabled, skipping shutdown script');
    known.set(id, { pod: `${names.prefix}-exec-${id}`, link: null });
    try {
      client.create(pods, executorPod(settings, names, lastId, client.ownPod()));
      return true;
    } catch (error) {
      known.delete(id);
      if (!(error instanceof RequestRefused)) throw error;
      log('ExecutorPodsSnapshotsStoreImpl', 'Exception when notifying snapshot subscriber.', 'WARN');
      print(printed(refusal(error.message, allocating)));
      return false;
    }
  };

  const askBatch = async (): Promise<void> => {
    const missing = Math.min(target - known.size, batch);
    const counts = `target: ${target}, known: ${known.size}, sharedSlotFromPendingPods: 2147483647.`;
    log('ExecutorPodsAllocator', `Going to request ${missing} executors from Kubernetes for ResourceProfile Id: 0, ${counts}`);
    log('ExecutorPodsAllocator', 'Found 0 reusable PVCs from 0 PVCs');
    for (let index = 0; index < missing && ask(); index += 1) await life.wait(REQUEST_SECONDS);
  };

  /** Asks in batches until there are as many as wanted; refusals are tried again for ever, as Spark does. */
  const replenish = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (known.size < target && !stopped) {
      await askBatch();
      if (known.size < target) await life.wait(delay);
    }
    busy = false;
  };

  return {
    known,
    want(count) {
      target = count;
      void replenish();
    },
    replenish: () => void replenish(),
    stop() {
      stopped = true;
    },
  };
}

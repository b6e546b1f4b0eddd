import { pods } from '../api/kinds.ts';
import { ownersOf, type Store } from '../api/store.ts';
import { type JsonObject, labelsOf } from '../json.ts';
import type { Throwable } from './failures.ts';

/** An executor process, as its driver talks to it. */
export interface ExecutorLink {
  id: string;
  pod: string;
  host: string;
  port: number;
  cores: number;
  /** Bytes for blocks. */
  storage: number;
  /** A task begins or ends there; `task` as in `task 0.0 in stage 0.0 (TID 0)`. */
  began(task: string, id: number): void;
  ended(task: string, bytes: number): void;
  failed(task: string, id: number, error: string[]): void;
  /** A task asks for more memory than there is: what Java throws, or null where the kernel was faster. The process ends. */
  exhaust(task: string, id: number): Throwable | null;
  alive(): boolean;
  /** Resolves when the process is gone, whether anybody tells or not. */
  gone: Promise<unknown>;
  /** The driver commands a shutdown. */
  shutDown(): void;
  /** The driver does not answer any more. */
  disconnected(): void;
}

/** A driver process, as its executors and the changes of their pods reach it. */
export interface DriverLink {
  /** False: the driver takes no more executors. */
  register(executor: ExecutorLink): boolean;
  podChanged(pod: JsonObject, gone: boolean): void;
}

/** Who can be reached in the cluster's network by `spark://CoarseGrainedScheduler@...`, and who is told of which pod. */
export interface SparkLinks {
  /** Opens a driver's address; the disposer closes it. */
  listen(address: string, driverUid: string, link: DriverLink): () => void;
  driver(address: string): DriverLink | null;
  close(): void;
}

/** One subscription serves all drivers: thousands of them must not each look at every write. */
export function createLinks(store: Store): SparkLinks {
  const byAddress = new Map<string, DriverLink>();
  const byUid = new Map<string, DriverLink>();
  const stop = store.subscribe(({ kind, object, type }) => {
    if (kind !== pods || labelsOf(object)['spark-role'] !== 'executor') return;
    const link = ownersOf(object)
      .map((owner) => byUid.get(owner))
      .find((one) => one !== undefined);
    // What a driver does about it is a write of its own, behind this one.
    if (link !== undefined) setImmediate(() => link.podChanged(object, type === 'DELETED'));
  });
  return {
    listen(address, driverUid, link) {
      byAddress.set(address, link);
      byUid.set(driverUid, link);
      return () => {
        if (byAddress.get(address) === link) byAddress.delete(address);
        byUid.delete(driverUid);
      };
    },
    driver: (address) => byAddress.get(address) ?? null,
    close: stop,
  };
}

import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import type { EventType } from './events.ts';
import type { ContainerRecord } from './pod-status.ts';
import type { Program, StartProgram } from './program.ts';

/** The pod around a container, as its kubelet keeps it. */
export interface PodHost {
  world: World;
  pod: JsonObject;
  node: string;
  start: StartProgram;
  /** The programs that run now, by container. */
  running: Map<string, Program>;
  /** Writes the pod's status from the records, once the node can reach the API server. */
  publish(): Promise<void>;
  /** An event about a container. */
  tell(record: ContainerRecord, type: EventType, reason: string, message: string): void;
  /** Waits cluster seconds; false as soon as the containers are to end. */
  wait(seconds: number): Promise<boolean>;
  ending(): boolean;
  /** The machine is off or cut away: what runs there is lost. */
  lost(): boolean;
}

/** Seconds between two looks of a kubelet at a pod that does not get on. */
export const SYNC_SECONDS = 12;
export const LONGEST_BACKOFF = 300;

/** Seconds until the `attempt`th repetition (from 0): 10, 20, 40, … at most 300. */
export const backoff = (attempt: number): number => Math.min(10 * 2 ** attempt, LONGEST_BACKOFF);

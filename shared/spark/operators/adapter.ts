import type { ApplicationState, Operator, Phase } from '../state.ts';
import type { MachineShape } from './machine-shape.ts';

/** Where an operator's applications are found; `spark-submit`'s are driver pods, chosen by label. */
export interface OperatorResource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  /** Set where only some objects of the kind are applications. */
  readonly labelSelector?: string;
}

/**
 * What sets one operator apart, all of it pure reading. `object` is the application, `pods` are pods it owns in any order
 * (see `ownsPod`); both are JSON from a cluster and may have any shape. Times are epoch milliseconds.
 */
export interface OperatorAdapter {
  readonly operator: Operator;
  readonly resource: OperatorResource;
  readonly machine: MachineShape;
  /** Whether the object is an application of this operator (its kind; for `spark-submit`, a driver pod nobody owns). */
  isApplication(object: unknown): boolean;
  /** Name of the application; the object's own name but for `spark-submit`. */
  applicationName(object: unknown): string;
  /** The application's name that a pod's labels claim, null when it is none of this operator's: a key to index pods by. */
  applicationOfPod(pod: unknown): string | null;
  /** Whether the pod belongs to this application: name and namespace, and the owner's uid where the pod names one. */
  ownsPod(object: unknown, pod: unknown): boolean;
  /** The run a pod belongs to: equal for the driver and executors of one attempt. */
  runOfPod(pod: unknown): string | null;
  state(object: unknown, pods: readonly unknown[]): ApplicationState;
  /** The error message whole, hostile text of any length. */
  message(object: unknown, pods: readonly unknown[]): string | null;
  /** Runs so far; null where the operator does not count. */
  attempts(object: unknown): number | null;
  /** Runs there will be at the most; null where there is no limit, or it is not known. */
  attemptsMost(object: unknown): number | null;
  /** When the present attempt started; null before its first submission. */
  startedAt(object: unknown, pods: readonly unknown[]): number | null;
  endedAt(object: unknown, pods: readonly unknown[]): number | null;
  /** Executors the present run asks for (see `row.ts`). */
  wantedExecutors(object: unknown, pods: readonly unknown[]): number;
  driverPodName(object: unknown, pods: readonly unknown[]): string | null;
  /** Port the driver's UI listens on inside the pod. */
  uiPort(object: unknown): number;
  /** False where `spark.ui.enabled` is `false`. */
  uiEnabled(object: unknown): boolean;
}

/** Phase of a state by the operator's machine; `unknown` for a word it does not know (a newer operator). */
export function phaseIn(machine: MachineShape, word: string): Phase {
  return machine.nodes.find((node) => node.state === word)?.phase ?? 'unknown';
}

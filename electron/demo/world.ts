import type { Kind } from './api/kinds.ts';
import type { Store } from './api/store.ts';
import type { JsonObject } from './json.ts';
import type { EventRecorder } from './node/events.ts';
import type { Logs } from './node/logs.ts';
import type { Machines } from './node/machine.ts';
import type { Time } from './time.ts';

/** What the API server, the scheduler, the kubelets, the controllers, the operators and the programs in the containers share. */
export interface World {
  store: Store;
  kinds: Kind[];
  events: EventRecorder;
  logs: Logs;
  time: Time;
  conditions: Conditions;
  /** The nodes' hardware: which are on, and which are cut off. */
  machines: Machines;
  /**
   * Creates an object as a client of the API would: defaults, admission (service account, quota) and, when `user` is named
   * (`system:serviceaccount:<namespace>:<name>`), that user's rights. Throws `ApiError` with the server's own words.
   */
  create(kind: Kind, object: JsonObject, user?: string): JsonObject;
  /** What the admission webhooks of the installed operators make of an object that is being created; they refuse with `ApiError`. */
  webhooks(kind: Kind, object: JsonObject): JsonObject;
}

/** What can be switched while the cluster runs. */
export interface Conditions {
  /** Whether the pod and defaulting webhooks of the Kubeflow operator answer; the recorded operator ran without. */
  webhook: boolean;
}

import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import { field, textAt } from '../../../shared/json.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import type { ApiObject, Change, WatchCaches } from '../../watch/index.ts';
import { worstOf } from './freshness.ts';
import { eventsIn, objectsOf, sparkPodsIn } from './resources.ts';

/** One application as it is known now. */
export interface FollowedApplication {
  /** Null until it was seen; afterwards the last known version, also when it is gone. */
  object: ApiObject | null;
  exists: boolean;
  /** Pods of this very object (not of an earlier one of its name), by uid; those that are gone are not in it. */
  pods: ReadonlyMap<string, ApiObject>;
  /** Whether the first list is complete: an application that is not there is then really absent. */
  listed: boolean;
  freshness: Freshness;
}

export interface ApplicationFollower {
  /** Called after each batch of changes, and at once. */
  onChange(application: FollowedApplication): void;
  /** Every change of the application, its pods and the events about them, in the order of arrival of each. */
  onObservation?(change: Change): void;
  /** What was observed belongs to an earlier object of this name: forget it. */
  onRestart?(): void;
}

/**
 * Follows one application, its pods and, when observations are asked for, its events. Pods and events that arrive before the
 * application are kept and told of once it is there. The returned function ends it.
 */
export function followApplication(caches: WatchCaches, reference: ApplicationRef, follower: ApplicationFollower): () => void {
  const { context, namespace, name, operator } = reference;
  const adapter = operators[operator];
  const isPod = operator === 'spark-submit';
  const allPods = new Map<string, ApiObject>();
  const pods = new Map<string, ApiObject>();
  const podNames = new Set<string>();
  /** By the pod's name, of each event its newest change: no more than the server keeps, however long a namespace is busy. */
  const waitingEvents = new Map<string, Map<string, Change>>();
  /** By uid, while the application is not there yet. */
  const waitingPods = new Map<string, Change[]>();
  let object: ApiObject | null = null;
  let exists = false;
  let objectsFreshness: Freshness = { state: 'loading', received: 0 };
  let podsFreshness: Freshness = { state: 'loading', received: 0 };

  function tell(): void {
    const freshness = isPod ? podsFreshness : worstOf([objectsFreshness, podsFreshness]);
    const own = isPod ? podsFreshness : objectsFreshness;
    const listed = own.state === 'live' || own.state === 'stale';
    follower.onChange({ object, exists, pods, listed, freshness: own.state === 'refused' ? own : freshness });
  }

  /** What is known is of another object, or not to be trusted any more (`reset`): it is made anew from what comes now. */
  function forget(): void {
    if (object === null) return;
    object = null;
    exists = false;
    pods.clear();
    podNames.clear();
    follower.onRestart?.();
  }

  function become(change: Change): void {
    const next = change.object;
    if (object !== null && object.metadata.uid !== next.metadata.uid) {
      if (change.type === 'deleted') return;
      forget();
    }
    const first = object === null;
    object = next;
    exists = change.type !== 'deleted';
    follower.onObservation?.(change);
    if (!first) return;
    for (const changes of [...waitingPods.values()]) changes.forEach(takePod);
    for (const known of allPods.values()) takePod({ type: 'listed', object: known, at: change.at });
    waitingPods.clear();
  }

  function takePod(change: Change): void {
    const { uid, name: podName } = change.object.metadata;
    if (object === null) return void wait(change);
    if (!adapter.ownsPod(object, change.object)) return;
    if (change.type === 'deleted') pods.delete(uid);
    else pods.set(uid, change.object);
    follower.onObservation?.(change);
    if (podNames.has(podName)) return;
    podNames.add(podName);
    for (const event of waitingEvents.get(podName)?.values() ?? []) follower.onObservation?.(event);
    waitingEvents.delete(podName);
  }

  /** A pod that goes before its application is seen is not waited with: nobody may ever come for it. */
  function wait(change: Change): void {
    const { uid } = change.object.metadata;
    const before = waitingPods.get(uid);
    if (change.type === 'deleted') waitingPods.delete(uid);
    else if (before === undefined) waitingPods.set(uid, [change]);
    else before.push(change);
  }

  function onPod(change: Change): void {
    if (change.type === 'deleted') allPods.delete(change.object.metadata.uid);
    else allPods.set(change.object.metadata.uid, change.object);
    if (isPod && adapter.isApplication(change.object) && adapter.applicationName(change.object) === name) become(change);
    takePod(change);
  }

  /** Whether it concerns the application as far as it is known. */
  function onEvent(change: Change): boolean {
    const about = field(change.object, 'involvedObject');
    const aboutName = textAt(about, 'name') ?? '';
    const ofPod = textAt(about, 'kind') === 'Pod';
    if (ofPod && !podNames.has(aboutName)) {
      hold(aboutName, change);
      return false;
    }
    if (!ofPod && (aboutName !== name || textAt(about, 'kind') !== adapter.resource.kind)) return false;
    follower.onObservation?.(change);
    return true;
  }

  function hold(podName: string, change: Change): void {
    const { uid } = change.object.metadata;
    const held = waitingEvents.get(podName) ?? new Map<string, Change>();
    if (change.type === 'deleted') held.delete(uid);
    else held.set(uid, change);
    if (held.size > 0) waitingEvents.set(podName, held);
    else waitingEvents.delete(podName);
  }

  const ends = [
    caches.subscribe(context, sparkPodsIn(namespace), {
      onChanges(changes, reset) {
        if (reset) {
          allPods.clear();
          waitingPods.clear();
          pods.clear();
          if (isPod) forget();
        }
        changes.forEach(onPod);
        tell();
      },
      onFreshness(next) {
        podsFreshness = next;
        tell();
      },
    }),
  ];
  if (!isPod) {
    ends.push(
      caches.subscribe(context, objectsOf(operator, namespace, name), {
        onChanges(changes, reset) {
          if (reset) forget();
          changes.forEach(become);
          tell();
        },
        onFreshness(next) {
          objectsFreshness = next;
          tell();
        },
      }),
    );
  }
  if (follower.onObservation) {
    const onChanges = (changes: readonly Change[], reset: boolean) => {
      if (reset) waitingEvents.clear();
      if (changes.filter(onEvent).length > 0) tell();
    };
    ends.push(caches.subscribe(context, eventsIn(namespace), { onChanges, onFreshness: () => {} }));
  }
  return () => {
    for (const end of ends) end();
  };
}

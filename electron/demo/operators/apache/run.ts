import { apacheApplications, pods } from '../../api/kinds.ts';
import { end, release } from '../../api/removal.ts';
import type { Change, Store } from '../../api/store.ts';
import {
  type Json,
  type JsonObject,
  labelsOf,
  listOf,
  metadataOf,
  nameOf,
  namespaceOf,
  objectOf,
  textOf,
  uidOf,
} from '../../json.ts';
import type { World } from '../../world.ts';
import { createQueue, type Queue } from '../queue.ts';
import { appended, lastBeforeEnd, wordOf } from './status.ts';
import { type Action, FINALIZER, type Seen, step } from './step.ts';
import { applicationLabel, driverNameOf, requestDriver } from './submission.ts';
import { messages } from './words.ts';

/** Passes at a time, as the operator is configured by default. */
const WORKERS = 50;

/** Seconds the operator takes to build a driver and have it created. */
const REQUEST_SECONDS = 1;

/**
 * Plays Apache's operator for SparkApplications: every change of an application or of one of its pods wakes it, and each pass acts on
 * what is there (`step.ts`). It writes no events, as the releases do. Returns how to stop it.
 */
export function startApplications(world: World): () => void {
  const { store } = world;
  const queue: Queue = createQueue(world.time, WORKERS, async (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const application = store.get(apacheApplications, namespace, name);
    if (application === null || world.time.ended()) return;
    for (const action of step(see(world, application))) await act(world, queue, application, action);
  });
  for (const application of store.list(apacheApplications, null)) queue.add(keyOf(application));
  const stopListening = store.subscribe((change) => {
    const key = wokenBy(change);
    if (key !== null && !world.time.ended()) queue.add(key);
  });
  return () => {
    stopListening();
    queue.close();
  };
}

const keyOf = (application: JsonObject): string => `${namespaceOf(application)}/${nameOf(application)}`;

function wokenBy({ kind, object, type }: Change): string | null {
  if (kind === apacheApplications) return type === 'DELETED' ? null : keyOf(object);
  const name = kind === pods ? textOf(labelsOf(object)[applicationLabel]) : '';
  return name === '' ? null : `${namespaceOf(object)}/${name}`;
}

function see({ store, time }: World, application: JsonObject): Seen {
  const namespace = namespaceOf(application);
  const status = objectOf(application.status);
  const since = (state: JsonObject): number => {
    const then = Date.parse(textOf(state.lastTransitionTime));
    return Number.isNaN(then) ? 0 : time.elapsed(time.now() - then);
  };
  const driver = store.get(pods, namespace, driverNameOf(application));
  const attempt = textOf(labelsOf(driver ?? {})['spark-app-selector']);
  return {
    application,
    driver,
    executors: store.list(pods, namespace).filter((pod) => {
      const labels = labelsOf(pod);
      return (
        labels[applicationLabel] === nameOf(application) &&
        labels['spark-role'] === 'executor' &&
        labels['spark-app-selector'] === attempt
      );
    }),
    now: time.microText(),
    sinceTransition: since(objectOf(status.currentState)),
    sinceEnd: since(lastBeforeEnd(status)),
  };
}

async function act(world: World, queue: Queue, application: JsonObject, action: Action): Promise<void> {
  const { store } = world;
  switch (action.do) {
    case 'hold':
      return finalize(world, application, (finalizers) => [...finalizers, FINALIZER]);
    case 'let go':
      return finalize(world, application, (finalizers) => finalizers.filter((finalizer) => finalizer !== FINALIZER));
    case 'status':
      return writeStatus(world, application, action.status);
    case 'request driver':
      return request(world, application);
    case 'release': {
      const driver = store.get(pods, namespaceOf(application), driverNameOf(application));
      if (driver !== null) end(store, pods, driver);
      return;
    }
    case 'delete application':
      end(store, apacheApplications, application);
      return;
    case 'wake':
      return queue.addAfter(keyOf(application), action.seconds);
  }
}

async function request(world: World, application: JsonObject): Promise<void> {
  await world.time.pace(REQUEST_SECONDS);
  const refusal = await requestDriver(world, application);
  const state =
    refusal === null
      ? ({ word: 'DriverRequested', message: messages.driverRequested } as const)
      : ({ word: 'SchedulingFailure', message: refusal } as const);
  writeStatus(world, application, appended(objectOf(application.status), state, world.time.microText()));
}

function finalize({ store }: World, application: JsonObject, change: (finalizers: Json[]) => Json[]): void {
  const found = fresh(store, application);
  if (found === null) return;
  const { finalizers, ...metadata } = metadataOf(found);
  const next = change(listOf(finalizers));
  const changed = { ...found, metadata: next.length === 0 ? metadata : { ...metadata, finalizers: next } };
  if (metadata.deletionTimestamp === undefined) store.put(apacheApplications, changed);
  else release(store, apacheApplications, changed);
}

/** The same application as it is now; null when it is gone or was made anew. */
function fresh(store: Store, application: JsonObject): JsonObject | null {
  const found = store.get(apacheApplications, namespaceOf(application), nameOf(application));
  return found !== null && uidOf(found) === uidOf(application) ? found : null;
}

/** A status that was thought out for another state than the present one is lost. */
function writeStatus({ store }: World, application: JsonObject, status: JsonObject): void {
  const found = fresh(store, application);
  if (found === null || wordOf(found) !== wordOf(application)) return;
  store.put(apacheApplications, { ...found, status });
}

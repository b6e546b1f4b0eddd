import { pods, services, sparkApplications } from '../../api/kinds.ts';
import { end } from '../../api/removal.ts';
import { ApiError } from '../../api/status.ts';
import { at, type JsonObject, nameOf, namespaceOf, objectOf, same, textOf, uidOf } from '../../json.ts';
import type { World } from '../../world.ts';
import { createQueue, type Queue } from '../queue.ts';
import { invalidates, wokenBy } from './event-filter.ts';
import { createMoments, type Moments } from './moments.ts';
import { driverNameOf, OPERATOR, uiServiceNameOf } from './names.ts';
import { indexRunPods, type RunPods } from './run-pods.ts';
import { runSparkSubmit } from './spark-submit.ts';
import { type Action, type Seen, stateOf, step } from './step.ts';
import { afterSubmission } from './submission.ts';
import { uiService } from './ui-service.ts';

/** Passes at a time, as the operator's flag has it by default: while spark-submit runs, one of them is taken. */
const WORKERS = 10;

/**
 * Plays the controller of SparkApplications: every change of an application or of a pod of its run wakes it, and each pass acts on
 * what is there (`step.ts`). Returns how to stop it.
 */
export function startApplications(world: World): () => void {
  const { store } = world;
  const runPods = indexRunPods(store);
  const moments = createMoments(world.time);
  const live = (key: string): JsonObject | null => {
    const [namespace = '', name = ''] = key.split('/');
    return store.get(sparkApplications, namespace, name);
  };
  const queue: Queue = createQueue(world.time, WORKERS, async (key) => {
    const application = live(key);
    if (application === null || world.time.ended()) return queue.forget(key);
    await pass({ world, key, queue, runPods, moments, application });
  });
  for (const application of store.list(sparkApplications, null)) queue.add(`${namespaceOf(application)}/${nameOf(application)}`);
  const stopListening = store.subscribe((change) => {
    if (world.time.ended()) return;
    // What this write broke is written after everyone has heard of the write itself.
    if (invalidates(change)) setImmediate(() => invalidate(world, change.object));
    if (change.kind === sparkApplications && change.type === 'DELETED') moments.forget(change.object);
    const key = wokenBy(change, live);
    if (key !== null) queue.add(key);
  });
  return () => {
    stopListening();
    runPods.close();
    queue.close();
  };
}

interface Pass {
  world: World;
  key: string;
  queue: Queue;
  runPods: RunPods;
  moments: Moments;
  application: JsonObject;
}

async function pass(here: Pass): Promise<void> {
  const actions = step(see(here));
  if (!actions.some((action) => action.do === 'back off')) here.queue.forget(here.key);
  for (const action of actions) await act(here, action);
}

function see({ application, moments, runPods, world }: Pass): Seen {
  const { store, time } = world;
  const namespace = namespaceOf(application);
  const status = objectOf(application.status);
  const since = (field: 'lastSubmissionAttemptTime' | 'terminationTime'): number =>
    moments.since(application, field, textOf(status[field]));
  return {
    application,
    driver: store.get(pods, namespace, driverNameOf(application)),
    executors: runPods.executors(namespace, nameOf(application), textOf(status.submissionID)),
    uiService: store.get(services, namespace, uiServiceNameOf(application)),
    now: time.text(),
    sinceSubmission: since('lastSubmissionAttemptTime'),
    sinceTermination: since('terminationTime'),
  };
}

async function act(here: Pass, action: Action): Promise<void> {
  const { application, key, queue, world } = here;
  switch (action.do) {
    case 'tell':
      return world.events.record(application, 'spark-application-controller', action.type, action.reason, action.message);
    case 'status':
      return writeStatus(here, action.status);
    case 'submit':
      return submit(here);
    case 'create UI service':
      return createUiService(here);
    case 'delete resources':
      return deleteResources(world, application);
    case 'delete application':
      end(world.store, sparkApplications, application);
      return;
    case 'wake':
      return queue.addAfter(key, action.seconds);
    case 'back off':
      return queue.addLater(key);
  }
}

/** The same object as it is now; null when it is gone or was made anew. */
function fresh({ store }: World, application: JsonObject): JsonObject | null {
  const found = store.get(sparkApplications, namespaceOf(application), nameOf(application));
  return found !== null && uidOf(found) === uidOf(application) ? found : null;
}

/** A status that was thought out for another state than the present one is lost, as an update of an old version would be. */
function writeStatus({ application, moments, world }: Pass, status: JsonObject): void {
  const found = fresh(world, application);
  if (found === null || stateOf(found) !== stateOf(application) || same(found.status, status)) return;
  if (status.terminationTime !== at(found, 'status', 'terminationTime')) moments.note(found, 'terminationTime');
  world.store.put(sparkApplications, { ...found, status });
}

function invalidate(world: World, application: JsonObject): void {
  const found = fresh(world, application);
  if (found === null || world.time.ended()) return;
  const status = objectOf(found.status);
  const applicationState = { ...objectOf(status.applicationState), state: 'INVALIDATING' };
  world.store.put(sparkApplications, { ...found, status: { ...status, applicationState } });
}

async function submit(here: Pass): Promise<void> {
  const { application, moments, world } = here;
  const id = crypto.randomUUID();
  const startedAt = world.time.text();
  moments.note(application, 'lastSubmissionAttemptTime');
  const failure = await runSparkSubmit(world, application, id);
  if (world.time.ended()) return;
  for (const action of afterSubmission(application, { id, startedAt, failure })) await act(here, action);
}

function createUiService({ application, queue, key, world }: Pass): void {
  try {
    world.create(services, uiService(application), OPERATOR);
    queue.add(key);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    queue.addLater(key);
  }
}

function deleteResources({ store }: World, application: JsonObject): void {
  const namespace = namespaceOf(application);
  const driver = store.get(pods, namespace, driverNameOf(application));
  const service = store.get(services, namespace, uiServiceNameOf(application));
  if (driver !== null) end(store, pods, driver);
  if (service !== null) end(store, services, service);
}

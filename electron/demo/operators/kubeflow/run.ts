import { admit } from '../../api/admission.ts';
import { pods, services, sparkApplications } from '../../api/kinds.ts';
import { end } from '../../api/removal.ts';
import { at, type JsonObject, metadataOf, nameOf, namespaceOf, objectOf, same, textOf, uidOf } from '../../json.ts';
import { driverNameOf, uiService, uiServiceNameOf } from '../../spark/objects.ts';
import type { World } from '../../world.ts';
import { retriesLeft, retryWait } from './restart.ts';
import { observe } from './run-observe.ts';
import { submit } from './run-submit.ts';

/** One pass over an application, with what it needs to write. */
export interface Pass {
  world: World;
  application: JsonObject;
  status: JsonObject;
  state: string;
  /** Writes the status; nothing happens when it says nothing new or the object is gone. */
  write(status: JsonObject): void;
  tell(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

export const stateOf = (application: JsonObject): string => textOf(at(application, 'status', 'applicationState', 'state'));
const finished = new Set(['COMPLETED', 'FAILED']);

/**
 * Plays the Kubeflow operator: walks each SparkApplication from New to its end, retries, suspension and edits included.
 * Level-triggered as the real one: every change of the application or of a pod of its run wakes it, one pass at a time.
 */
export function startOperator(world: World): () => void {
  const busy = new Set<string>();
  const again = new Set<string>();

  const passOver = async (namespace: string, name: string): Promise<void> => {
    const application = world.store.get(sparkApplications, namespace, name);
    if (application === null || world.time.ended()) return;
    const uid = uidOf(application);
    const write = (status: JsonObject): void => {
      const live = world.store.get(sparkApplications, namespace, name);
      if (live === null || uidOf(live) !== uid || same(live.status, status)) return;
      world.store.put(sparkApplications, { ...live, status });
    };
    const tell: Pass['tell'] = (type, reason, message) =>
      world.events.record(application, 'spark-application-controller', type, reason, message);
    await reconcile({ world, application, status: objectOf(application.status), state: stateOf(application), write, tell });
  };

  const wake = async (namespace: string, name: string): Promise<void> => {
    const key = `${namespace}/${name}`;
    if (busy.has(key)) {
      again.add(key);
      return;
    }
    busy.add(key);
    do {
      again.delete(key);
      await passOver(namespace, name);
    } while (again.has(key) && !world.time.ended());
    busy.delete(key);
  };

  return world.store.subscribe((change) => {
    if (world.time.ended()) return;
    const { object } = change;
    if (change.kind === pods) {
      const name = textOf(objectOf(metadataOf(object).labels)['sparkoperator.k8s.io/app-name']);
      if (name !== '') setImmediate(() => void wake(namespaceOf(object), name));
    }
    if (change.kind !== sparkApplications) return;
    if (change.type === 'MODIFIED' && edited(change.before ?? {}, object)) invalidate(world, object);
    setImmediate(() => void wake(namespaceOf(object), nameOf(object)));
  });
}

/** Whether a change of the spec makes the run invalid: all but `suspend` and `timeToLiveSeconds` do. */
function edited(before: JsonObject, after: JsonObject): boolean {
  const relevant = (object: JsonObject): JsonObject => {
    const { suspend: _, timeToLiveSeconds: _ttl, ...spec } = objectOf(object.spec);
    return spec;
  };
  return stateOf(after) !== '' && !same(relevant(before), relevant(after));
}

function invalidate(world: World, application: JsonObject): void {
  setImmediate(() => {
    const live = world.store.get(sparkApplications, namespaceOf(application), nameOf(application));
    if (live === null || uidOf(live) !== uidOf(application)) return;
    const status = { ...objectOf(live.status), applicationState: { state: 'INVALIDATING' } };
    world.store.put(sparkApplications, { ...live, status });
  });
}

async function reconcile(pass: Pass): Promise<void> {
  const { application, state, status, write, tell, world } = pass;
  const name = nameOf(application);
  const to = (next: string, more: JsonObject = {}): void => write({ ...status, applicationState: { state: next }, ...more });
  const suspended = at(application, 'spec', 'suspend') === true;
  if (suspended && !finished.has(state) && state !== 'SUSPENDING' && state !== 'SUSPENDED') return to('SUSPENDING');
  switch (state) {
    case '':
    case 'RESUMING':
      return submit(pass);
    case 'SUBMITTED':
      ensureUiService(pass);
      return observe(pass);
    case 'RUNNING':
      return observe(pass);
    case 'SUCCEEDING':
      if (textOf(at(application, 'spec', 'restartPolicy', 'type')) !== 'Always') return to('COMPLETED');
      return rerun(pass);
    case 'FAILING': {
      if (!retriesLeft(application, 'run')) return write({ ...status, applicationState: failure(status, 'FAILED') });
      await world.time.pace(retryWait(application, 'run', world.time));
      return rerun(pass);
    }
    case 'SUBMISSION_FAILED': {
      if (retriesLeft(application, 'submission')) {
        await world.time.pace(retryWait(application, 'submission', world.time));
        return submit(pass);
      }
      const message = textOf(at(status, 'applicationState', 'errorMessage'));
      tell('Warning', 'SparkApplicationFailed', `SparkApplication ${name} failed: ${message}`);
      return write({ ...status, applicationState: failure(status, 'FAILED'), terminationTime: world.time.text() });
    }
    case 'PENDING_RERUN': {
      if (leftovers(pass)) return;
      tell('Warning', 'SparkApplicationPendingRerun', `SparkApplication ${name} is pending rerun`);
      return submit(pass);
    }
    case 'INVALIDATING':
      deleteResources(pass);
      return write({ applicationState: { state: 'PENDING_RERUN' }, driverInfo: {} });
    case 'SUSPENDING':
      tell('Warning', 'SparkApplicationSuspending', `SparkApplication ${name} is suspending`);
      deleteResources(pass);
      return to('SUSPENDED', { driverInfo: {}, executorState: {} });
    case 'SUSPENDED':
      if (suspended || leftovers(pass)) return;
      tell('Warning', 'SparkApplicationResuming', `SparkApplication ${name} is resuming`);
      return to('RESUMING');
    default:
      return observe(pass);
  }
}

const failure = (status: JsonObject, state: string): JsonObject => ({ ...objectOf(status.applicationState), state });

/** Attempts stay, everything of the last run goes. */
function rerun(pass: Pass): void {
  deleteResources(pass);
  const { executorState: _, sparkApplicationId: _id, ...status } = pass.status;
  pass.write({ ...status, applicationState: { state: 'PENDING_RERUN' }, driverInfo: {}, terminationTime: null });
}

function resources(pass: Pass): [typeof pods, JsonObject][] {
  const { store } = pass.world;
  const namespace = namespaceOf(pass.application);
  const driver = store.get(pods, namespace, driverNameOf(pass.application));
  const service = store.get(services, namespace, uiServiceNameOf(pass.application));
  return [...(driver === null ? [] : [[pods, driver] as const]), ...(service === null ? [] : [[services, service] as const])].map(
    ([kind, object]) => [kind, object],
  );
}

const leftovers = (pass: Pass): boolean => resources(pass).length > 0;

function deleteResources(pass: Pass): void {
  for (const [kind, object] of resources(pass)) end(pass.world.store, kind, object);
}

/** The second SUBMITTED: the UI service exists and Spark's own id is known. */
function ensureUiService(pass: Pass): void {
  const { application, status, world } = pass;
  const { store } = world;
  const namespace = namespaceOf(application);
  const driver = store.get(pods, namespace, driverNameOf(application));
  if (driver === null) return;
  const found = store.get(services, namespace, uiServiceNameOf(application));
  const service = found ?? store.put(services, admit(store, services, uiService(application, textOf(status.submissionID))));
  const port = 4040;
  const driverInfo: JsonObject = {
    ...objectOf(status.driverInfo),
    webUIAddress: `${textOf(at(service, 'spec', 'clusterIP'))}:${port}`,
    webUIPort: port,
    webUIServiceName: nameOf(service),
  };
  const sparkApplicationId = textOf(at(driver, 'metadata', 'labels', 'spark-app-selector'));
  pass.status = { ...status, driverInfo, sparkApplicationId };
  pass.write(pass.status);
}

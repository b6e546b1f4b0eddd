import { pods } from '../../api/kinds.ts';
import { at, type JsonObject, labelsOf, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf } from '../../json.ts';
import { driverNameOf } from '../../spark/objects.ts';
import type { Pass } from './run.ts';

const states: Record<string, string> = { Pending: 'PENDING', Running: 'RUNNING', Succeeded: 'COMPLETED', Failed: 'FAILED' };

/** Reads the pods of the run: executors first, then the driver, by its container rather than its phase. */
export function observe(pass: Pass): void {
  const { application, status, tell, world, write } = pass;
  const driverName = driverNameOf(application);
  const driver = world.store.get(pods, namespaceOf(application), driverName);
  const observed: JsonObject = { ...status, ...executorsOf(pass) };
  const state = textOf(at(status, 'applicationState', 'state'));
  if (driver === null) {
    if (state === 'RUNNING') fail(pass, observed, 'driver pod not found');
    else write(observed);
    return;
  }
  const terminated = listOf(at(driver, 'status', 'containerStatuses'))
    .map((container) => at(container, 'state', 'terminated'))
    .find((found) => found !== undefined);
  if (terminated === undefined) {
    if (at(driver, 'status', 'phase') === 'Running' && state !== 'RUNNING') {
      tell('Normal', 'SparkDriverRunning', `Driver ${driverName} is running`);
      observed.applicationState = { state: 'RUNNING' };
    }
    write(observed);
    return;
  }
  if (state !== 'RUNNING' && state !== 'SUBMITTED') return;
  const ended = objectOf(terminated);
  if (ended.exitCode === 0) {
    tell('Normal', 'SparkDriverCompleted', `Driver ${driverName} completed`);
    write({ ...observed, applicationState: { state: 'SUCCEEDING' }, terminationTime: world.time.text() });
    return;
  }
  tell('Warning', 'SparkDriverFailed', `Driver ${driverName} failed`);
  fail(pass, observed, `driver container failed with ExitCode: ${String(ended.exitCode)}, Reason: ${textOf(ended.reason)}`);
}

function fail(pass: Pass, observed: JsonObject, errorMessage: string): void {
  pass.write({ ...observed, applicationState: { state: 'FAILING', errorMessage }, terminationTime: pass.world.time.text() });
}

/** executorState from the phases, with an event for each change. Executors that are gone keep their last state. */
function executorsOf(pass: Pass): JsonObject {
  const { application, status, tell, world } = pass;
  const before = objectOf(status.executorState);
  const now: JsonObject = { ...before };
  for (const pod of world.store.list(pods, namespaceOf(application))) {
    const labels = labelsOf(pod);
    const ours = labels['sparkoperator.k8s.io/submission-id'] === status.submissionID && labels['spark-role'] === 'executor';
    if (!ours || metadataOf(pod).name === undefined) continue;
    const name = nameOf(pod);
    const state = states[textOf(at(pod, 'status', 'phase'))] ?? 'PENDING';
    if (before[name] === state) continue;
    now[name] = state;
    const [type, reason, words] = told[state] ?? (['Normal', 'SparkExecutorPending', 'is pending'] as const);
    const detail = state === 'FAILED' ? ` with ExitCode: ${exitCodeOf(pod)}, Reason: Error, Pod Message: ` : '';
    tell(type, reason, `Executor ${name} ${words}${detail}`);
  }
  return Object.keys(now).length === 0 ? {} : { executorState: now };
}

const told: Record<string, readonly ['Normal' | 'Warning', string, string]> = {
  PENDING: ['Normal', 'SparkExecutorPending', 'is pending'],
  RUNNING: ['Normal', 'SparkExecutorRunning', 'is running'],
  COMPLETED: ['Normal', 'SparkExecutorCompleted', 'completed'],
  FAILED: ['Warning', 'SparkExecutorFailed', 'failed'],
};

function exitCodeOf(pod: JsonObject): string {
  const [container] = listOf(at(pod, 'status', 'containerStatuses'));
  return String(at(container, 'state', 'terminated', 'exitCode') ?? '');
}

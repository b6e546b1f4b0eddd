import { field, numberAt, recordAt, textAt } from '../../json.ts';
import { parseTime } from '../../time.ts';
import { kindOf } from '../objects.ts';
import { endWhy, newestDriver, pendingWhy, type SparkPod, sparkPods } from '../pods.ts';
import type { ApplicationState } from '../state.ts';
import { oneLine, sparkExitWhy, submissionError } from '../why.ts';
import { type OperatorAdapter, phaseIn } from './adapter.ts';
import { machineShapes } from './machines.ts';
import { executorsWhy, labelOf, liveExecutors, ownedBy, sparkConf, uiEnabledOf, uiPortOf, wholeNumber } from './reading.ts';

const machine = machineShapes.kubeflow;
const group = 'sparkoperator.k8s.io';

/**
 * Whether the operator will run the application again from its present state (`util.ShouldRetry`): N retries make N + 1
 * runs, and OnFailure without a limit does not retry.
 */
export function shouldRetry(object: unknown): boolean {
  const word = textAt(object, 'status', 'applicationState', 'state');
  const policy = recordAt(object, 'spec', 'restartPolicy');
  if (policy.type === 'Always') return word === 'SUCCEEDING' || word === 'FAILING' || word === 'SUBMISSION_FAILED';
  if (policy.type !== 'OnFailure') return false;
  if (word === 'FAILING')
    return (numberAt(object, 'status', 'executionAttempts') ?? 0) <= (numberAt(policy, 'onFailureRetries') ?? -1);
  if (word === 'SUBMISSION_FAILED') {
    return (numberAt(object, 'status', 'submissionAttempts') ?? 0) <= (numberAt(policy, 'onSubmissionFailureRetries') ?? -1);
  }
  return false;
}

/**
 * The field without which a retry that is due never comes: the operator needs an interval (`TimeUntilNextRetryDue`), which
 * its webhook fills in. Null when nothing is missing.
 */
function missingInterval(object: unknown, word: string): string | null {
  const name = { FAILING: 'onFailureRetryInterval', SUBMISSION_FAILED: 'onSubmissionFailureRetryInterval' }[word];
  if (name === undefined || !shouldRetry(object)) return null;
  return numberAt(object, 'spec', 'restartPolicy', name) === null ? `spec.restartPolicy.${name}` : null;
}

function state(object: unknown, pods: readonly unknown[]): ApplicationState {
  const word = textAt(object, 'status', 'applicationState', 'state') ?? '';
  const phase = phaseIn(machine, word === '' ? 'New' : word);
  const settled = word === 'FAILING' || word === 'SUBMISSION_FAILED' ? (shouldRetry(object) ? 'retrying' : 'finishing') : phase;
  return { phase: settled, word, why: why(object, word, sparkPods(pods)) };
}

function why(object: unknown, word: string, pods: readonly SparkPod[]): string | null {
  const message = textAt(object, 'status', 'applicationState', 'errorMessage');
  const driver = newestDriver(pods);
  switch (word) {
    case 'COMPLETED':
    case 'SUCCEEDING':
    case 'SUSPENDED':
      return null;
    case 'RUNNING':
      return executorsWhy(pods);
    case '':
    case 'SUBMITTED':
    case 'PENDING_RERUN':
    case 'RESUMING':
      return driver === null ? null : pendingWhy(driver);
    default: {
      const failed = message === null ? null : failureWhy(message, driver);
      const missing = missingInterval(object, word);
      return missing === null ? failed : oneLine(`never retried, ${missing} is missing; ${failed ?? word}`);
    }
  }
}

/** The operator's message in one line; "driver container failed with ExitCode: n, Reason: r" reads as `exit n`. */
function failureWhy(message: string, driver: SparkPod | null): string | null {
  const exit = /^driver container failed with ExitCode: (\d+), Reason: (\w+)/.exec(message);
  if (exit !== null) {
    const [, code, reason] = exit;
    const told = driver?.container.state === 'ended' && String(driver.container.exitCode) === code ? endWhy(driver) : null;
    return told ?? sparkExitWhy(Number(code), reason ?? null, null);
  }
  return /spark-submit|^failed to submit/.test(message.slice(0, 200)) ? submissionError(message) : oneLine(message);
}

function wantedExecutors(object: unknown, pods: readonly unknown[]): number {
  const dynamic =
    field(object, 'spec', 'dynamicAllocation', 'enabled') === true ||
    sparkConf(object, 'spark.dynamicAllocation.enabled') === 'true';
  if (dynamic) return liveExecutors(sparkPods(pods)).length;
  // The webhook writes 1 where the field is missing; without the webhook Spark's own default of 2 holds.
  return numberAt(object, 'spec', 'executor', 'instances') ?? wholeNumber(sparkConf(object, 'spark.executor.instances')) ?? 2;
}

/** N retries make N + 1 runs; OnFailure without a number does not retry (`util.ShouldRetry`). */
function attemptsMost(object: unknown): number | null {
  const policy = recordAt(object, 'spec', 'restartPolicy');
  if (policy.type === 'Always') return null;
  return policy.type === 'OnFailure' ? (numberAt(policy, 'onFailureRetries') ?? 0) + 1 : 1;
}

/** The Kubeflow operator, `sparkoperator.k8s.io/v1beta2`. */
export const kubeflow: OperatorAdapter = {
  operator: 'kubeflow',
  resource: { group, version: 'v1beta2', plural: 'sparkapplications', kind: 'SparkApplication' },
  machine,
  isApplication: (object) => kindOf(object).group === group && kindOf(object).kind === 'SparkApplication',
  applicationName: (object) => textAt(object, 'metadata', 'name') ?? '',
  applicationOfPod: (pod) => labelOf(pod, 'sparkoperator.k8s.io/app-name'),
  // Not by status.submissionID: the driver is there before the operator writes the id into the status.
  ownsPod: (object, pod) => ownedBy(object, pod, labelOf(pod, 'sparkoperator.k8s.io/app-name'), group),
  runOfPod: (pod) => labelOf(pod, 'sparkoperator.k8s.io/submission-id') ?? labelOf(pod, 'spark-app-selector'),
  state,
  message: (object) => textAt(object, 'status', 'applicationState', 'errorMessage'),
  attempts: (object) => numberAt(object, 'status', 'executionAttempts') ?? 0,
  attemptsMost,
  // A suspended application has no attempt under way, though the time of the last one stays in its status.
  startedAt: (object) =>
    textAt(object, 'status', 'applicationState', 'state') === 'SUSPENDED'
      ? null
      : parseTime(textAt(object, 'status', 'lastSubmissionAttemptTime')),
  endedAt: (object) => parseTime(textAt(object, 'status', 'terminationTime')),
  wantedExecutors,
  driverPodName: (object, pods) =>
    newestDriver(sparkPods(pods))?.metadata.name ??
    textAt(object, 'status', 'driverInfo', 'podName') ??
    textAt(object, 'spec', 'driver', 'podName') ??
    sparkConf(object, 'spark.kubernetes.driver.pod.name'),
  uiPort: uiPortOf,
  uiEnabled: uiEnabledOf,
};

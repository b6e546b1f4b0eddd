import { ApiError } from '../../api/status.ts';
import type { JsonObject } from '../../json.ts';
import { at, listOf, textOf } from '../../json.ts';
import { printed, type Throwable } from '../failures.ts';
import { sparkTime } from '../log-line.ts';
import { launched, refusedPost, refusedRequest, submitting } from '../stack-traces.ts';
import { SubmissionError } from './arguments.ts';

/** What was refused where, and to whom. */
export interface Attempt {
  /** Address of the API server, as in `spark.master` without `k8s://`. */
  master: string;
  namespace: string;
  /** `system:serviceaccount:<namespace>:<name>`, or the name of a user. */
  user: string;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * The sentence of the client's exception for a refused request (`POST pods`), as fabric8 6.7 builds it: every 403 is said to be a matter of the
 * account's rights, also a quota (spark-measured, point 33).
 */
export function clientException(error: ApiError, request: string, { master, namespace, user }: Omit<Attempt, 'now'>): string {
  const [verb, path] = request.split(' ');
  const head = `Failure executing: ${verb} at: ${master}/api/v1/namespaces/${namespace}/${path}. Message: `;
  if (error.code === 401 || error.code === 403) {
    const word = error.code === 401 ? 'Unauthorized!' : 'Forbidden!';
    const who = user.startsWith('system:serviceaccount:')
      ? `${word}Configured service account doesn't have access. Service account may have been revoked.`
      : `${word} User ${user} doesn't have permission.`;
    return `${head}${who} ${error.message}.`;
  }
  return `${head}${error.message}. Received status: ${statusText(error.body)}.`;
}

/** The exception for a refused POST; `caller`: the frames above the client's. */
export function refusal(message: string, caller: string[]): Throwable {
  const exception = 'io.fabric8.kubernetes.client.KubernetesClientException';
  return { exception, message, frames: [...refusedPost, ...caller], cause: { exception, message, frames: refusedRequest } };
}

/** A Status as fabric8 prints it. */
function statusText(status: JsonObject): string {
  const details = status.details;
  const none = 'additionalProperties={}';
  const or = (value: string): string => value || 'null';
  const causes = listOf(at(details, 'causes')).map(
    (cause) =>
      `StatusCause(field=${or(textOf(at(cause, 'field')))}, message=${textOf(at(cause, 'message'))}, reason=${textOf(at(cause, 'reason'))}, ${none})`,
  );
  const group = or(textOf(at(details, 'group')));
  const told =
    details === undefined
      ? 'null'
      : `StatusDetails(causes=[${causes.join(', ')}], group=${group}, kind=${textOf(at(details, 'kind'))}, ` +
        `name=${or(textOf(at(details, 'name')))}, retryAfterSeconds=null, uid=null, ${none})`;
  return (
    `Status(apiVersion=v1, code=${String(status.code)}, details=${told}, kind=Status, message=${textOf(status.message)}, ` +
    `metadata=ListMeta(_continue=null, remainingItemCount=null, resourceVersion=null, selfLink=null, ${none}), ` +
    `reason=${or(textOf(status.reason))}, status=Failure, ${none})`
  );
}

/**
 * What spark-submit prints when it fails with `error`: log lines and stack traces for a refusal of the API server, one sentence for
 * arguments it cannot use. Null when the error is neither of the two.
 */
export function submissionFailure(error: unknown, attempt: Attempt): string | null {
  if (error instanceof SubmissionError) return `Error: ${error.message}`;
  if (!(error instanceof ApiError)) return null;
  const time = sparkTime(attempt.now);
  const thrown = refusal(clientException(error, 'POST pods', attempt), [...submitting, ...launched]);
  const [first = '', ...rest] = printed(thrown);
  return [
    `${time} WARN NativeCodeLoader: Unable to load native-hadoop library for your platform... using builtin-java classes where applicable`,
    `${time} INFO SparkKubernetesClientFactory: Auto-configuring K8S client using current context from users K8S config file`,
    `${time} ERROR Client: Please check "kubectl auth can-i create pod" first. It should be yes.`,
    `Exception in thread "main" ${first}`,
    ...rest,
    `${time} INFO ShutdownHookManager: Shutdown hook called`,
    '',
  ].join('\n');
}

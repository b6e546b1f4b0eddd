/**
 * What differs from run to run of the same thing on a real cluster, and is therefore not compared. Nothing else is let pass.
 *
 * - Identifiers and times: 16 hexadecimal digits, UUIDs, nanoseconds, Spark's own ids, addresses.
 * - An executor that is stopped at the end of a run leaves with 0, or with 143 when SIGTERM was faster than its own exit: phase
 *   Succeeded or Failed, COMPLETED or FAILED, event SparkExecutorCompleted or SparkExecutorFailed.
 * - FailedMount: the kubelet may try to mount before spark-submit, which makes the pod first, has made the ConfigMaps.
 *   FailedKillPod: the container runtime, asked to stop a container that is just leaving.
 * - Whether a container's end is seen before its pod's phase changes or with it: phases and containers are compared each by itself.
 * - ContainerCreating, when the container runs before the kubelet next reports.
 * - How often within 40 s a kubelet tries again or a scheduler tells again: a pod's reasons count once, in order of appearance.
 * - SparkApplicationSuspended is told on each pass, and each pod's deletion is one: once or more often counts as once.
 * - Two executors are not told of in a fixed order: each has a sequence of its own.
 * - The number that the job is told: `slow` works real seconds in the demo cluster, and the test does not wait for them.
 * - Who the operator is: the recorded one used a kubeconfig, the one here is a pod with a service account, so that the
 *   client's sentence about a refusal names nobody.
 */
export function withoutChance(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/spark-[0-9a-f]{32}/g, 'spark-<32 hex>')
    .replace(/\b[0-9a-f]{16}\b/g, '<16 hex>')
    .replace(/\b\d{19}\b/g, '<nanoseconds>')
    .replace(/kube-api-access-\w{5}/, 'kube-api-access-<5>')
    .replace(/\b\d+\.\d+\.\d+\.\d+\b/g, '<address>')
    .replace(/https:\/\/<address>:\d+/g, '<api server>')
    .replace(/Forbidden! ?(User \S+ doesn't have permission|Configured service account .* revoked)\./, 'Forbidden!');
}

/** Reasons of pod events that are there by chance. */
export const chanceReasons = new Set(['FailedMount', 'FailedKillPod']);

/** Words for the end of an executor that was stopped, in phases, states and event reasons. */
export const stopped = (word: string): string =>
  word
    .replace(/^(Succeeded|Failed|COMPLETED|FAILED)$/, 'ended')
    .replace(/^SparkExecutor(Completed|Failed)$/, 'SparkExecutorEnded');

/** An exit code of an executor that was stopped. */
export const stoppedExit = (code: number): string => (code === 0 || code === 143 ? '0 or 143' : String(code));

import type { ApplicationPod } from '../../../../shared/contract/applications.ts';

/** Driver first, then executors by number, the newest attempt's before older ones of the same number. */
export function inOrder(pods: readonly ApplicationPod[]): ApplicationPod[] {
  return [...pods].sort(
    (a, b) =>
      Number(a.role === 'executor') - Number(b.role === 'executor') ||
      numberOf(a) - numberOf(b) ||
      b.createdAt - a.createdAt ||
      (a.name < b.name ? -1 : 1),
  );
}

/** The executor's number, which Spark writes at the end of its pod's name: `pi-8b6e19a1fd90a466-exec-12`. */
function numberOf(pod: ApplicationPod): number {
  const match = /-exec-(\d+)$/.exec(pod.name);
  return match ? Number(match[1]) : 0;
}

import { at, type JsonObject, namespaceOf, textOf } from '../json.ts';
import { sparkSubmit, submissionFailure } from '../spark/submit.ts';
import type { World } from '../world.ts';

/** Seconds until spark-submit has created the driver: its JVM and its client start. */
const SUBMIT_SECONDS = 6;
const API_SERVER = 'https://10.96.0.1:443';

/** Whether these arguments ask for a driver on this cluster; anything else would run Spark itself. */
export function asksForDriver(args: readonly string[]): boolean {
  const givenFor = (option: string): string => args[args.indexOf(option) + 1] ?? '';
  return args.includes('--master') && givenFor('--master').startsWith('k8s://') && givenFor('--deploy-mode') === 'cluster';
}

/** Runs spark-submit in `pod`, as its service account. Resolves with what it prints when it fails, null when it went well. */
export async function submitFrom(world: World, pod: JsonObject, args: readonly string[]): Promise<string | null> {
  const namespace = namespaceOf(pod);
  const user = `system:serviceaccount:${namespace}:${textOf(at(pod, 'spec', 'serviceAccountName')) || 'default'}`;
  await world.time.pace(SUBMIT_SECONDS);
  try {
    await sparkSubmit(world, args, { user });
    return null;
  } catch (error) {
    const printed = submissionFailure(error, { master: API_SERVER, namespace, user, now: world.time.now() });
    if (printed === null) throw error;
    return printed;
  }
}

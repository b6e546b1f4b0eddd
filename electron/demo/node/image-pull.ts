import { nodes } from '../api/kinds.ts';
import { type JsonObject, textOf } from '../json.ts';
import { isPresent, keep, nameProblem, pullPolicyOf, pullProblem } from './images.ts';
import { backoff, type PodHost, SYNC_SECONDS } from './pod-host.ts';
import type { ContainerRecord } from './pod-status.ts';

/** Seconds a registry needs to say no, to say that nothing is new, and to send an image. */
const REFUSED = 0.4;
const UNCHANGED = 0.6;
const FETCHED = 3.2;

/** Brings a container's image to the node by its pull policy, however often it takes; false when the pod ends before. */
export async function prepareImage(host: PodHost, container: JsonObject, record: ContainerRecord): Promise<boolean> {
  const image = textOf(container.image);
  const policy = pullPolicyOf(container);
  for (let attempt = 0; ; attempt += 1) {
    const present = isPresent(host.world.store.get(nodes, '', host.node) ?? {}, image);
    const named = nameProblem(image);
    if (named !== null) {
      if (!(await refuse(host, record, 'InspectFailed', 'InvalidImageName', named))) return false;
    } else if (policy !== 'Always' && present) {
      host.tell(record, 'Normal', 'Pulled', `Container image "${image}" already present on machine`);
      return true;
    } else if (policy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      if (!(await refuse(host, record, 'ErrImageNeverPull', 'ErrImageNeverPull', message))) return false;
    } else {
      const done = await pull(host, record, image, present, attempt);
      if (done !== 'again') return done === 'pulled';
    }
  }
}

/** What no pull can mend is looked at again all the same. */
async function refuse(host: PodHost, record: ContainerRecord, event: string, reason: string, message: string): Promise<boolean> {
  host.tell(record, 'Warning', event, message);
  host.tell(record, 'Warning', 'Failed', `Error: ${reason}`);
  record.current = { state: 'waiting', reason, message };
  await host.publish();
  return host.wait(SYNC_SECONDS);
}

type Pulled = 'pulled' | 'again' | 'ended';

async function pull(host: PodHost, record: ContainerRecord, image: string, present: boolean, attempt: number): Promise<Pulled> {
  host.tell(record, 'Normal', 'Pulling', `Pulling image "${image}"`);
  const problem = pullProblem(image);
  const seconds = problem !== null ? REFUSED : present ? UNCHANGED : FETCHED;
  if (!(await host.wait(seconds))) return 'ended';
  if (problem === null) {
    const bytes = keep(host.world, host.node, image);
    const took = seconds < 1 ? `${seconds * 1000}ms` : `${seconds}s`;
    const message = `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${bytes} bytes.`;
    host.tell(record, 'Normal', 'Pulled', message);
    return 'pulled';
  }
  host.tell(record, 'Warning', 'Failed', `Failed to pull image "${image}": ${problem}`);
  host.tell(record, 'Warning', 'Failed', 'Error: ErrImagePull');
  record.current = { state: 'waiting', reason: 'ErrImagePull', message: problem };
  await host.publish();
  return (await backOff(host, record, image, problem, attempt)) ? 'again' : 'ended';
}

async function backOff(
  host: PodHost,
  record: ContainerRecord,
  image: string,
  problem: string,
  attempt: number,
): Promise<boolean> {
  if (!(await host.wait(1))) return false;
  const words = `Back-off pulling image "${image}"`;
  record.current = { state: 'waiting', reason: 'ImagePullBackOff', message: `${words}: ErrImagePull: ${problem}` };
  await host.publish();
  for (let left = backoff(attempt); left > 0; left -= SYNC_SECONDS) {
    host.tell(record, 'Normal', 'BackOff', words);
    host.tell(record, 'Warning', 'Failed', 'Error: ImagePullBackOff');
    if (!(await host.wait(Math.min(left, SYNC_SECONDS)))) return false;
  }
  return true;
}

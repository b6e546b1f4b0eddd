import { randomBytes } from 'node:crypto';
import { type JsonObject, nameOf, namespaceOf, uidOf } from '../json.ts';
import { prepareImage } from './image-pull.ts';
import { backoff, LONGEST_BACKOFF, type PodHost, SYNC_SECONDS } from './pod-host.ts';
import type { ContainerRecord, Terminated } from './pod-status.ts';
import type { Exit, Program } from './program.ts';
import { environmentProblem } from './references.ts';

/** A container's whole life: image, environment, starts and restarts, until it is not started again. */
export async function live(host: PodHost, container: JsonObject, record: ContainerRecord, policy: string): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    if (!(await prepare(host, container, record))) return;
    const begun = host.world.time.now();
    const exit = await runOnce(host, record);
    if (host.ending() || !isRestarted(policy, exit)) return;
    if (host.world.time.elapsed(host.world.time.now() - begun) > 2 * LONGEST_BACKOFF) failures = 0;
    await host.publish();
    if (!(await waitForRestart(host, record, failures))) return;
    record.restarts += 1;
  }
}

const isRestarted = (policy: string, { code }: Exit): boolean => policy === 'Always' || (policy === 'OnFailure' && code !== 0);

/** Until image and environment are there; false when the pod ends before. */
async function prepare(host: PodHost, container: JsonObject, record: ContainerRecord): Promise<boolean> {
  for (;;) {
    if (!(await prepareImage(host, container, record))) return false;
    const problem = environmentProblem(host.world, host.pod, container);
    if (problem === null) return true;
    host.tell(record, 'Warning', 'Failed', `Error: ${problem}`);
    record.current = { state: 'waiting', reason: 'CreateContainerConfigError', message: problem };
    await host.publish();
    if (!(await host.wait(SYNC_SECONDS))) return false;
  }
}

async function runOnce(host: PodHost, record: ContainerRecord): Promise<Exit> {
  const { pod, running, world } = host;
  const containerID = `containerd://${randomBytes(32).toString('hex')}`;
  const log = world.logs.open(uidOf(pod), record.name, containerID);
  const startedAt = world.time.text();
  host.tell(record, 'Normal', 'Created', `Created container: ${record.name}`);
  if (record.current.state === 'terminated') record.last = terminatedOf(record);
  const program = host.start({ pod, container: record.name, restarts: record.restarts, write: log.line, output: log.bytes });
  record.current = { state: 'running', startedAt, containerID };
  running.set(record.name, program);
  const refused = await startFailure(program);
  if (refused === null) {
    host.tell(record, 'Normal', 'Started', `Started container ${record.name}`);
    void world.time.pace(0.3).then(() => (running.get(record.name) === program ? host.publish() : undefined));
  } else {
    host.tell(record, 'Warning', 'Failed', `Error: ${refused.message ?? ''}`);
  }
  const ended = await program.exit;
  running.delete(record.name);
  log.end();
  const exit = host.lost() ? { code: 255, reason: 'Unknown' } : ended;
  const { code, reason = code === 0 ? 'Completed' : 'Error', message } = exit;
  record.current = {
    state: 'terminated',
    exitCode: code,
    reason,
    ...(message === undefined ? {} : { message }),
    startedAt: refused === null ? startedAt : '1970-01-01T00:00:00Z',
    finishedAt: world.time.text(),
    containerID,
  };
  return exit;
}

/** How a program ended that could not even be started; null for every other. */
async function startFailure(program: Program): Promise<Exit | null> {
  const next = new Promise<null>((resolve) => setImmediate(resolve, null));
  const exit = await Promise.race([program.exit, next]);
  return exit?.reason === 'StartError' || exit?.reason === 'ContainerCannotRun' ? exit : null;
}

function terminatedOf({ current, last }: ContainerRecord): Terminated | null {
  if (current.state !== 'terminated') return last;
  const { state: _, ...terminated } = current;
  return terminated;
}

/** The first restart comes at once, the next ones after CrashLoopBackOff; false when the pod ends before. */
async function waitForRestart(host: PodHost, record: ContainerRecord, failures: number): Promise<boolean> {
  if (!(await host.wait(1))) return false;
  if (failures === 0) return true;
  const { pod } = host;
  const seconds = backoff(failures - 1);
  const where = `${nameOf(pod)}_${namespaceOf(pod)}(${uidOf(pod)})`;
  record.last = terminatedOf(record);
  const message = `back-off ${durationText(seconds)} restarting failed container=${record.name} pod=${where}`;
  record.current = { state: 'waiting', reason: 'CrashLoopBackOff', message };
  await host.publish();
  for (let left = seconds; left > 0; left -= SYNC_SECONDS) {
    host.tell(record, 'Warning', 'BackOff', `Back-off restarting failed container ${record.name} in pod ${where}`);
    if (!(await host.wait(Math.min(left, SYNC_SECONDS)))) return false;
  }
  return true;
}

/** As Go prints durations: `40s`, `1m20s`, `5m0s`. */
const durationText = (seconds: number): string => (seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`);

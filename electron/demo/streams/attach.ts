import type { UpgradeCall } from '../api/upgrade.ts';
import { at, type JsonObject, listOf, nameOf, namespaceOf, textOf, uidOf } from '../json.ts';
import type { ContainerLog } from '../node/logs.ts';
import type { Program } from '../node/program.ts';
import { whenEnded } from '../shell/containers.ts';
import { type RemoteInput, type RemoteOutput, remoteCommand, type StreamOptions } from './remote-command.ts';
import { success } from './status.ts';
import { chosenContainer, existingPod, requireHost } from './target.ts';

/** Answers `pods/attach`: the output of a container's own program from now on, and its standard input. */
export function attach(call: UpgradeCall): void {
  const { kubelet, query } = call;
  const pod = existingPod(call);
  const name = chosenContainer(pod, query);
  requireHost(pod);
  const program = kubelet.program(uidOf(pod), name);
  if (program === null) {
    const text = `container ${name} not found in pod ${nameOf(pod)}_${namespaceOf(pod)}`;
    remoteCommand(call, { can: false, code: 500, text });
    return;
  }
  const start = (_options: StreamOptions, output: RemoteOutput): RemoteInput => {
    const stop = listen(call, pod, name, program, output);
    const forget = whenEnded(program, () => void output.finish(success));
    return {
      input: (chunk) => written(program, chunk),
      endInput: () => undefined,
      resize: (columns, rows) => program.resize?.(columns, rows),
      close() {
        forget();
        stop();
      },
    };
  };
  remoteCommand(call, { can: true, start });
}

/** Resolves when the program can take more; null when it reads nothing, or can at once. */
function written({ stdin }: Program, chunk: Buffer): Promise<void> | null {
  if (stdin === undefined || stdin.write(chunk)) return null;
  return new Promise((resolve) => stdin.once('drain', resolve));
}

/**
 * The program's output from now on. A client that does not read misses some of it rather than stopping the program; the log has all.
 * Programs of Spark write nothing but lines, so their log is what is read.
 */
function listen({ world }: UpgradeCall, pod: JsonObject, name: string, program: Program, output: RemoteOutput): () => void {
  if (program.attach === undefined) return followLog(world.logs.find(containerIdOf(pod, name)), output);
  let waiting = 0;
  return program.attach((chunk) => {
    if (waiting > BEHIND) return;
    waiting += chunk.length;
    void output.stdout(chunk).then(() => {
      waiting -= chunk.length;
    });
  });
}

/** Bytes that may wait for a client of an attached program. */
const BEHIND = 1024 * 1024;

function containerIdOf(pod: JsonObject, name: string): string {
  const found = listOf(at(pod, 'status', 'containerStatuses')).find((status) => at(status, 'name') === name);
  return textOf(at(found, 'containerID'));
}

function followLog(log: ContainerLog | null, output: RemoteOutput): () => void {
  if (log === null) return () => undefined;
  let next = log.next();
  let sending = false;
  const pump = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    for (let entry = log.entry(next); entry !== null; entry = log.entry(next)) {
      next += 1;
      await output.stdout(Buffer.from(entry.text));
      next = Math.max(next, log.first());
    }
    sending = false;
  };
  return log.subscribe(() => void pump());
}

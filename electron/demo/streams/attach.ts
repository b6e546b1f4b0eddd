import type { UpgradeCall } from '../api/upgrade.ts';
import { nameOf, namespaceOf, uidOf } from '../json.ts';
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
    const stop = listen(program, output);
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

/** A client that does not read misses output rather than stopping the program; the log has all of it. */
function listen(program: Program, output: RemoteOutput): () => void {
  let waiting = 0;
  const send = (chunk: Buffer): void => {
    if (waiting > BEHIND) return;
    waiting += chunk.length;
    void output.stdout(chunk).then(() => {
      waiting -= chunk.length;
    });
  };
  return program.attach?.(send) ?? (() => undefined);
}

/** Bytes that may wait for a client of an attached program. */
const BEHIND = 1024 * 1024;

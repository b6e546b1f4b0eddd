import type { UpgradeCall } from '../api/upgrade.ts';
import { nameOf, namespaceOf, uidOf } from '../json.ts';
import type { Program } from '../node/program.ts';
import { type RemoteOutput, remoteCommand } from './remote-command.ts';
import { exited, internal, success } from './status.ts';
import { chosenContainer, existingPod, requireHost } from './target.ts';

/** Answers `pods/attach`: the output of a container's own program from now on, and its standard input. */
export function attach(call: UpgradeCall): void {
  const { kubelet, query } = call;
  const pod = existingPod(call);
  const name = chosenContainer(pod, query);
  requireHost(pod);
  remoteCommand(call, (options, output) => {
    const program = kubelet.program(uidOf(pod), name);
    if (program === null) {
      const where = `${nameOf(pod)}_${namespaceOf(pod)}`;
      void output.finish(internal(`unable to upgrade connection: container ${name} not found in pod ${where}`));
      return null;
    }
    const stop = listen(program, output);
    let gone = false;
    void program.exit.then(({ code }) => {
      if (!gone) void output.finish(code === 0 ? success : exited(code, null));
    });
    return {
      input: (chunk) => (options.stdin ? written(program, chunk) : null),
      endInput: () => undefined,
      resize: (columns, rows) => program.resize?.(columns, rows),
      close() {
        gone = true;
        stop();
      },
    };
  });
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

import { randomBytes } from 'node:crypto';
import type { UpgradeCall } from '../api/upgrade.ts';
import { uidOf } from '../json.ts';
import { openContainer, whenEnded } from '../shell/containers.ts';
import { startSession } from '../shell/session.ts';
import { type RemoteInput, type RemoteOutput, remoteCommand, type StreamOptions } from './remote-command.ts';
import { exited, internal, type Protocol, success } from './status.ts';
import { chosenContainer, existingPod, requireHost } from './target.ts';

/** Process numbers of what is executed in containers; small and rising, as in a real one. */
let lastPid = 20;

/**
 * Answers `pods/exec`: runs a command in a container and streams it. A command that cannot be started, and a container that does not
 * run, are told on the error channel after the upgrade. Unlike in a real cluster, the command ends when its client goes.
 */
export function exec(call: UpgradeCall): void {
  const { world, kubelet, query } = call;
  const pod = existingPod(call);
  const name = chosenContainer(pod, query);
  requireHost(pod);
  const command = query.getAll('command');
  const find = () => kubelet.program(uidOf(pod), name);
  const main = find();
  if (main === null) {
    remoteCommand(call, { can: false, code: 500, text: `container not found ("${name}")` });
    return;
  }
  const start = (options: StreamOptions, output: RemoteOutput): RemoteInput => {
    lastPid = lastPid > 30_000 ? 20 : lastPid + 9;
    const container = openContainer(world, pod, name, find);
    const session = startSession(container, { command, tty: options.tty, stdin: options.stdin, pid: lastPid }, output);
    session.exit.then(
      ({ code }) => output.finish(code === 0 ? success : exited(code, options.protocol, command)),
      (error: Error) => output.finish(internal(unableToStart(error.message, options.protocol))),
    );
    const forget = whenEnded(main, () => session.kill(9));
    return {
      input(chunk) {
        session.input(chunk);
        return session.drained();
      },
      endInput: () => session.endInput(),
      resize: (columns, rows) => session.resize(columns, rows),
      close() {
        forget();
        session.kill(1);
      },
    };
  };
  remoteCommand(call, { can: true, start });
}

function unableToStart(reason: string, protocol: Protocol): string {
  const process = reason.startsWith('exec: ') ? 'unable to start container process: ' : '';
  const words =
    'error executing command in container: failed to exec in container: failed to start exec ' +
    `"${randomBytes(32).toString('hex')}": OCI runtime exec failed: exec failed: ${process}${reason}: unknown`;
  return protocol === 'v4' ? words : `Internal error occurred: ${words}`;
}

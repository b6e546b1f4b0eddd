import { Writable } from 'node:stream';
import { listOf, textOf } from '../json.ts';
import { openContainer, portsOf } from '../shell/containers.ts';
import { refusalAtStart } from '../shell/invocation.ts';
import { containerOf } from '../shell/mounts.ts';
import { StartRefusal } from '../shell/refusal.ts';
import { type Session, startSession } from '../shell/session.ts';
import type { World } from '../world.ts';
import { type ContainerPlace, exitSwitch, type Program } from './program.ts';

/** What the container runtime says before the reason why a container's program cannot be started. */
const UNABLE =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/**
 * The program of a container that is no part of Spark: its command and arguments, run in the demo's shell. Without any the image's own
 * program would run; here one that waits for its end does. Like every first process of a container it ignores SIGTERM unless the
 * script has a trap for it. A command that is not there ends with 128 and the reason StartError.
 */
export function script(world: World, place: ContainerPlace): Program {
  const definition = containerOf(place.pod, place.container);
  const command = [...listOf(definition.command), ...listOf(definition.args)].map((word) => textOf(word));
  const { exit, leave } = exitSwitch();
  if (command.length === 0) return waiting();
  const listeners = new Set<(chunk: Buffer) => void>();
  const write = async (chunk: Buffer): Promise<void> => {
    place.output(chunk);
    for (const listener of listeners) listener(chunk);
  };
  const tty = definition.tty === true;
  const options = { command, tty, stdin: definition.stdin === true, pid: 1 };
  let session: Session | null = null;
  const program: Program = {
    exit,
    terminate: () => void session?.terminate(),
    kill: () => session?.kill(9),
    connect: (port) => portsOf(program).connect(port),
    processes: () => [{ pid: 1, user: 'spark', command: command.join(' ') }],
    attach(onOutput) {
      listeners.add(onOutput);
      return () => listeners.delete(onOutput);
    },
    resize: (columns, rows) => session?.resize(columns, rows),
  };
  const container = openContainer(world, place.pod, place.container, () => program);
  const refusal = refusalAtStart(container.initialFiles(), command[0] ?? '');
  if (refusal !== null) {
    leave(refused(refusal));
    return program;
  }
  const started = startSession(container, options, { stdout: write, stderr: write });
  session = started;
  if (options.stdin) program.stdin = inputOf(started);
  started.exit.then(leave, (error: Error) => leave(refused(error)));
  return program;
}

const refused = (error: Error) =>
  error instanceof StartRefusal
    ? { code: 128, reason: 'StartError', message: `${UNABLE}${error.message}: unknown` }
    : { code: 1, message: error.message };

function waiting(): Program {
  const { exit, leave } = exitSwitch();
  const processes = () => [{ pid: 1, user: 'root', command: 'entrypoint' }];
  return { exit, terminate: () => leave({ code: 0 }), kill: () => leave({ code: 137 }), connect: () => null, processes };
}

function inputOf(session: Session): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      session.input(chunk);
      void session.drained().then(() => done());
    },
  });
}

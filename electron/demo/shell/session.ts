import type { Exit, Process } from '../node/program.ts';
import { commandsOf } from './commands/all.ts';
import type { Container } from './container.ts';
import { converse } from './converse.ts';
import { createInput } from './input.ts';
import { commandLine, createInterpreter } from './interpreter.ts';
import { invocationOf, resolveProgram } from './invocation.ts';
import { loadLibrary } from './library.ts';
import type { Output, SessionOptions, SessionParts } from './session-parts.ts';
import { createTerminal } from './terminal.ts';

/** A program that runs in a container. */
export interface Session {
  /** Settles once; rejects with `StartRefusal` when there is no such program. */
  exit: Promise<Exit>;
  input(chunk: Uint8Array): void;
  endInput(): void;
  /** Resolves when more input may come. */
  drained(): Promise<void>;
  resize(columns: number, rows: number): void;
  /** SIGTERM: runs the script's trap for it; false when the program ignores it, as a shell does. */
  terminate(): boolean;
  /** Ends it at once with 128 + `signal`. */
  kill(signal: number): void;
  /** What it runs now. */
  processes(): Process[];
}

/** Starts a program in a container: a shell, or one of the programs the container has. */
export function startSession(container: Container, options: SessionOptions, output: Output): Session {
  const input = createInput();
  if (!options.stdin) input.end();
  const ending = new AbortController();
  let running = new AbortController();
  let finish: (exit: Exit) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const exit = new Promise<Exit>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const kill = (signal: number): void => {
    finish({ code: 128 + signal });
    ending.abort();
    running.abort();
    input.end();
    input.cancel();
  };
  const interrupt = (): void => {
    if (!isShell(parts.command) && options.pid === 1) return;
    running.abort();
    input.cancel();
    if (!isShell(parts.command)) kill(2);
  };
  let echoed = Promise.resolve();
  const echo = (text: string): void => {
    echoed = output.stdout(Buffer.from(text));
  };
  const terminal = options.tty ? createTerminal(input, echo, interrupt) : null;
  const cooked: Output = terminal === null ? output : both((chunk) => output.stdout(terminal.cook(chunk)));
  const gated: Output = {
    stdout: async (chunk) => (ending.signal.aborted ? undefined : cooked.stdout(chunk)),
    stderr: async (chunk) => (ending.signal.aborted ? undefined : cooked.stderr(chunk)),
  };
  const parts: SessionParts = {
    container,
    options,
    command: options.command,
    input,
    terminal,
    output: gated,
    traps: new Map(),
    kill,
    foreground() {
      if (running.signal.aborted && !ending.signal.aborted) running = new AbortController();
      return running.signal;
    },
    async prompt(text, remembers) {
      terminal?.prompt(text, remembers);
      await gated.stdout(Buffer.from(text));
    },
    nested: (command, signal) => runProgram(parts, command, () => signal),
  };
  runProgram(parts, options.command, parts.foreground).then(
    (code) => finish({ code }),
    (error: Error) => fail(error),
  );
  return {
    exit,
    input: (chunk) => (terminal === null ? input.push(chunk) : terminal.type(chunk)),
    endInput: () => (terminal === null ? input.end() : undefined),
    drained: async () => void (await Promise.all([input.drained(), echoed])),
    resize(columns, rows) {
      if (terminal !== null) terminal.size = { columns, rows };
    },
    terminate() {
      const trap = parts.traps.get('TERM');
      if (trap === undefined) return false;
      parts.traps.set('TERM', '');
      void runProgram(parts, ['sh', '-c', trap], () => ending.signal).then((code) => {
        finish({ code });
        kill(15);
      });
      return true;
    },
    kill,
    processes: () => [{ pid: options.pid, user: 'spark', command: parts.command.join(' ') }],
  };
}

const both = (write: (chunk: Buffer) => Promise<void>): Output => ({ stdout: write, stderr: write });
/** A shell that reads what is typed, and lives on when that is interrupted. */
const isShell = ([program = '', ...args]: string[]): boolean =>
  /^(\/usr)?(\/bin\/)?(ba|da)?sh$/.test(program) && args.every((arg) => /^-[^c]*$/.test(arg));

/** Runs a command to its end. `foreground` gives the signal that ends what runs at that moment. */
async function runProgram(parts: SessionParts, command: string[], foreground: () => AbortSignal): Promise<number> {
  const library = await loadLibrary();
  const commands = commandsOf(library, parts);
  const files = parts.container.files(library);
  const invocation = await invocationOf(files, command, parts.container.directory);
  const { input, output } = parts;
  const streams = { rest: () => input.rest(LARGEST), line: () => input.line(), ...output };
  const { name, parameters } = invocation;
  const shell = { name, parameters, pid: parts.options.pid };
  const interpreter = createInterpreter(library, parts.container, streams, commands, shell);
  if (invocation.kind !== 'program') {
    const code =
      invocation.kind === 'interactive'
        ? await converse(library, parts, interpreter, name, foreground)
        : (await interpreter.run(invocation.source, foreground())).code;
    const successor = interpreter.successor();
    if (successor === null) return code;
    if (command === parts.command) parts.command = successor;
    return runProgram(parts, successor, foreground);
  }
  const program = await resolveProgram(files, command[0] ?? '', parts.container.directory);
  const words = commandLine([program, ...command.slice(1)]);
  const { code } = await interpreter.run(words, foreground());
  return code;
}

/** Bytes of standard input that a program may read at once. */
const LARGEST = 64 * 1024 * 1024;

import type { Command } from 'just-bash';
import { adapt, REPLACE, TICK } from './adapt.ts';
import type { Container } from './container.ts';
import type { Library } from './library.ts';
import { libraryCommands } from './library-commands.ts';
import { type StandardStreams, withStandardFiles } from './standard-files.ts';
import { createWatchdog } from './watchdog.ts';

/** How a piece of script ended. */
export interface Outcome {
  code: number;
  /** It left the shell (`exit`, `set -e`), so nothing may follow. */
  left: boolean;
}

/** A shell: what is run in it keeps variables, functions, aliases and directory for what follows. */
export interface Interpreter {
  /** `variables` are set before it. */
  run(source: string, signal: AbortSignal, variables?: Record<string, string>): Promise<Outcome>;
  directory(): string;
  variable(name: string): string;
  /** The command that took the shell's place by `exec`; null when none did. */
  successor(): string[] | null;
}

/** Stands for no limit; the library takes no infinity where it allots memory by it. */
const UNBOUNDED = 1e15;
/** What keeps one script from eating the demo; an execution that goes beyond ends with 126 and says why. */
const limits = {
  maxCommandCount: UNBOUNDED,
  maxLoopIterations: UNBOUNDED,
  maxExecutionTimeMs: UNBOUNDED,
  maxWorkUnits: UNBOUNDED,
  maxOutputSize: UNBOUNDED,
  maxInputBytes: UNBOUNDED,
  maxCallDepth: 100,
  maxStringLength: 32 * 1024 * 1024,
  maxLiveBytes: 256 * 1024 * 1024,
  maxArrayElements: 1_000_000,
  maxSourceBytes: 4 * 1024 * 1024,
};

/** What is said of a script that was not run to its end, other than by its own will. */
const unfit = /exceeded|syntax error/;

const END = '__end';
/** Variables the library makes itself at every run. */
const unseen = /^(IFS|OSTYPE|MACHTYPE|HOSTTYPE|PWD|OLDPWD|OPTIND|SHELLOPTS|BASHOPTS|\?|[0-9@#*!_-]|BASH.*)$/;
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** A list of words as a command line in which nothing is expanded. */
export const commandLine = (words: string[]): string => words.map(quoted).join(' ');

/** A shell of the kind `name` (whose words its errors are in) with `parameters` as $1, $2, …. */
export function createInterpreter(
  library: Library,
  container: Container,
  streams: StandardStreams,
  commands: Command[],
  shell: { name: string; parameters: string[]; pid: number },
): Interpreter {
  const functions = new Map<string, string>();
  let reached = false;
  let exported = new Set<string>();
  let environment: Record<string, string> = { ...container.environment };
  let variables: Record<string, string> = {};
  let directory = container.directory;
  let code = 0;
  const watchdog = createWatchdog();
  const tick = library.defineCommand(TICK, async () => {
    await watchdog.rest();
    return { stdout: '', stderr: '', exitCode: 0 };
  });
  let successor: string[] | null = null;
  const replace = library.defineCommand(REPLACE, async (args) => {
    successor = args;
    return { stdout: '', stderr: '', exitCode: 0 };
  });
  const end = library.defineCommand(END, async (args, { exportedEnv }) => {
    reached = true;
    exported = new Set(Object.keys(exportedEnv ?? {}));
    return { stdout: '', stderr: '', exitCode: Number(args[0] ?? 0) };
  });
  const told = (chunk: Buffer): Promise<void> => streams.stderr(chunk.includes('bash: ') ? inWordsOf(shell.name, chunk) : chunk);
  const bash = new library.Bash({
    fs: withStandardFiles(library, container.files(library), { ...streams, stderr: told }),
    customCommands: [...commands, tick, replace, end],
    commands: libraryCommands,
    executionLimits: limits,
    defenseInDepth: false,
    coverage: watchdog,
    processInfo: { pid: shell.pid, ppid: 0, uid: 185, gid: 0 },
  });

  const run = async (source: string, signal: AbortSignal, more: Record<string, string> = {}): Promise<Outcome> => {
    let adapted: ReturnType<typeof adapt>;
    try {
      adapted = adapt(library, source, functions.keys());
    } catch (error) {
      const words = error instanceof Error ? error.message.replace(/^Parse error at [\d:]+: /, '') : String(error);
      await told(Buffer.from(`bash: ${words}\n`));
      return { code: 2, left: false };
    }
    for (const [name, text] of adapted.functions) functions.set(name, text);
    const before = [
      ...[...functions].filter(([name]) => !adapted.functions.has(name)).map(([, text]) => text),
      ...Object.entries(environment).map(([name, value]) => `export ${name}=${commandLine([value])}`),
      ...Object.entries({ ...variables, ...more }).map(([name, value]) => `${name}=${commandLine([value])}`),
      `set -- ${commandLine(shell.parameters)}`,
      ...(code === 0 ? [] : [`(exit ${code})`]),
    ];
    reached = false;
    const stop = watchdog.guard(signal);
    const result = await bash
      .exec(`${before.join('\n')}\n${adapted.source}\n${END} $?`, {
        env: { PATH: environment.PATH ?? '', HOME: environment.HOME ?? '' },
        replaceEnv: true,
        cwd: directory,
        rawScript: true,
        signal: stop.signal,
      })
      .finally(stop.release);
    if (result.stdout !== '') await streams.stdout(Buffer.from(result.stdout, 'utf8'));
    if (stop.signal.aborted) return { code: 130, left: false };
    if (result.stderr !== '') await told(Buffer.from(result.stderr));
    if (!reached && unfit.test(result.stderr)) return { code: result.exitCode, left: false };
    const kept = Object.entries(result.env).filter(([name]) => !unseen.test(name));
    environment = Object.fromEntries(kept.filter(([name]) => exported.has(name)));
    variables = Object.fromEntries(kept.filter(([name]) => !exported.has(name)));
    directory = result.env.PWD ?? directory;
    code = result.exitCode;
    return { code, left: !reached };
  };
  const variable = (name: string): string => environment[name] ?? variables[name] ?? '';
  return { run, directory: () => directory, variable, successor: () => successor };
}

/** The library speaks as bash does in a script; a real shell names itself and the line. */
function inWordsOf(name: string, chunk: Buffer): Buffer {
  if (name === 'bash') return chunk;
  const text = chunk.toString('latin1');
  const unknown = text.replace(/^bash: (?:line \d+: )?(.+): command not found$/gm, `${name}: 1: $1: not found`);
  return Buffer.from(unknown.replace(/^bash: /gm, `${name}: 1: `), 'latin1');
}

import { liveName } from '../adapt.ts';
import type { SessionParts } from '../session-parts.ts';
import { type Commands, failed, out, type Run } from './command.ts';

/** Commands that read and write the session as they go, where they stand at its own input and output. */
export function streamCommands(parts: SessionParts): Commands {
  const { input, output, container } = parts;
  const cat: Run = async (args, { fs, cwd, signal }) => {
    const files = args.filter((arg) => arg === '-' || !arg.startsWith('-'));
    let code = 0;
    for (const file of files.length === 0 ? ['-'] : files) {
      if (file === '-') {
        for (let chunk = await input.read(); chunk !== null; chunk = await input.read()) await output.stdout(chunk);
        continue;
      }
      try {
        const bytes = Buffer.from(await fs.readFileBuffer(fs.resolvePath(cwd, file)));
        for (let at = 0; at < bytes.length && signal?.aborted !== true; at += PIECE)
          await output.stdout(bytes.subarray(at, at + PIECE));
      } catch (error) {
        code = 1;
        const directory = /EISDIR|directory/.test(String(error)) && !/ENOENT/.test(String(error));
        await output.stderr(Buffer.from(`cat: ${file}: ${directory ? 'Is a directory' : 'No such file or directory'}\n`));
      }
    }
    return { stdout: '', stderr: '', exitCode: code };
  };
  const yes: Run = async (args, { signal }) => {
    const lines = Buffer.from(`${args.join(' ') || 'y'}\n`.repeat(2048));
    while (signal?.aborted !== true) {
      await output.stdout(lines);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return out('');
  };
  const shell =
    (name: string): Run =>
    async (args, { signal }) => ({
      ...out(''),
      exitCode: await parts.nested([name, ...args], signal ?? parts.foreground()).catch((error: Error) => {
        void output.stderr(Buffer.from(`${error.message}\n`));
        return 127;
      }),
    });
  return {
    [liveName('cat')]: cat,
    [liveName('yes')]: yes,
    [liveName('sh')]: shell('sh'),
    [liveName('bash')]: shell('bash'),
    yes: (args) => out(`${args.join(' ') || 'y'}\n`.repeat(CAPTURED)),
    async sleep(args, { signal }) {
      const seconds = args.map(secondsOf);
      const wrong = args.find((_, index) => Number.isNaN(seconds[index]));
      if (args.length === 0) return failed("sleep: missing operand\nTry 'sleep --help' for more information.\n");
      if (wrong !== undefined)
        return failed(`sleep: invalid time interval '${wrong}'\nTry 'sleep --help' for more information.\n`);
      await container.time.sleep(
        seconds.reduce((sum, each) => sum + each, 0),
        signal,
      );
      return out('');
    },
    tar: (args, context) => context.origCommand?.(withoutRoot(args)) ?? failed('tar: not here\n', 127),
    trap(args) {
      const [action = '', ...names] = args.filter((arg) => arg !== '--');
      for (const name of names) {
        const signal = name === '15' ? 'TERM' : name.replace(/^SIG/, '');
        if (action === '-') parts.traps.delete(signal);
        else parts.traps.set(signal, action);
      }
      return out('');
    },
  };
}

/** Archives hold no leading `/`, as those of the real program; `kubectl cp` counts on it. */
function withoutRoot(args: string[]): string[] {
  const [mode = ''] = args;
  if (!/^-?[a-zA-Z]*c/.test(mode) || args.includes('-C')) return args;
  const first = /f/.test(mode) ? 2 : 1;
  if (!args.slice(first).some((arg) => arg.startsWith('/'))) return args;
  const members = args.slice(first).map((arg) => (arg.startsWith('/') ? arg.slice(1) || '.' : arg));
  return [...args.slice(0, first), '-C', '/', ...members];
}

const PIECE = 32 * 1024;
/** Lines of a `yes` whose output is captured; nobody reads more of them. */
const CAPTURED = 100_000;
const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(text: string): number {
  const [, number = '', unit = 's'] = /^(\d*\.?\d+|infinity)([smhd]?)$/.exec(text) ?? [];
  if (number === 'infinity') return 86_400 * 365;
  return number === '' ? Number.NaN : Number(number) * (units[unit === '' ? 's' : unit] ?? 1);
}

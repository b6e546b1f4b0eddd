import { judge } from './adapt.ts';
import type { Interpreter } from './interpreter.ts';
import type { Library } from './library.ts';
import type { SessionParts } from './session-parts.ts';
import type { Terminal } from './terminal.ts';

/** What bash, other than sh, tells about the size of the terminal. */
const sizeOf = (terminal: Terminal | null): Record<string, string> =>
  terminal === null ? {} : { COLUMNS: String(terminal.size.columns), LINES: String(terminal.size.rows) };

/** Reads a script line by line, at a terminal with prompts, and runs each piece as soon as it is whole. */
export async function converse(
  library: Library,
  parts: SessionParts,
  interpreter: Interpreter,
  name: string,
  foreground: () => AbortSignal,
): Promise<number> {
  const { input, terminal, output } = parts;
  const host = parts.container.environment.HOSTNAME ?? 'localhost';
  let pending = '';
  let code = 0;
  for (;;) {
    const signal = foreground();
    if (terminal !== null) {
      const main = name === 'bash' ? `spark@${host}:${interpreter.directory().replace(/^\/home\/spark/, '~')}$ ` : '$ ';
      await parts.prompt(pending === '' ? main : '> ', true);
    }
    const line = await input.line();
    if (line === null && signal.aborted) {
      if (foreground().aborted) return code;
      pending = '';
      code = 130;
      continue;
    }
    if (line === null) {
      if (pending.trim() !== '') ({ code } = await interpreter.run(pending, foreground()));
      if (terminal !== null) await output.stdout(Buffer.from(name === 'bash' ? 'exit\n' : '\n'));
      return code;
    }
    pending += line.toString();
    const judged = judge(library, pending);
    if (judged.verdict === 'unfinished') continue;
    const source = pending;
    pending = '';
    if (source.trim() === '') continue;
    terminal?.prompt('', false);
    const outcome = await interpreter.run(source, foreground(), name === 'bash' ? sizeOf(terminal) : {});
    code = outcome.code;
    if (outcome.left) {
      if (terminal !== null && name === 'bash') await output.stdout(Buffer.from('exit\n'));
      return code;
    }
  }
}

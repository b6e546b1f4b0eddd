import type { CommandNode, PipelineNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';
import type { Library } from './library.ts';
import { programNames } from './library-commands.ts';
import { inputOf, LINE, STDERR, STDIN, STDOUT } from './standard-files.ts';

/** A script made ready to run. */
export interface Adapted {
  source: string;
  /** Functions it defines, as text that defines them again: the library forgets them between two runs. */
  functions: Map<string, string>;
}

type Script = ReturnType<Library['parse']>;
type Redirection = SimpleCommandNode['redirections'][number];
type Compound<Type> = Extract<CommandNode, { type: Type }>;

/** What runs at every round of a loop and every call of a function, so that nothing starves the rest of the process. */
export const TICK = '__tick';
/** Takes note of the program that takes the shell's place (`exec`); the session runs it once the shell is gone. */
export const REPLACE = '__replace';
/** Commands that speak with the session itself where they stand at its own input and output; elsewhere they are the library's. */
const direct = new Set(['cat', 'sh', 'bash', 'yes']);
/** The name under which such a command, or a function, writes at once. */
export const liveName = (name: string): string => `__live_${name}`;

/**
 * The library gives a script's output when the script has ended. So that a container's log and a terminal see each line as it is
 * written, every command that would write to the script's own output is redirected to a file that is the session
 * (`standard-files.ts`); what is captured, piped or redirected stays as it is. A function gets a second version for calls whose
 * output is not captured. Commands that read the script's own input are fed the same way. Throws what the parser throws.
 */
export function adapt(library: Library, source: string, known: Iterable<string>): Adapted {
  const script = library.parse(source);
  const names = new Set(known);
  const functions = new Map<string, string>();
  const context: Context = {
    names,
    defined(command) {
      names.add(command.name);
      const both = [plainFunction(command), liveFunction(context, command)];
      functions.set(command.name, library.serialize({ type: 'Script', statements: both.map(statementOf) }));
      return both;
    },
  };
  return { source: library.serialize({ ...script, statements: liveStatements(context, script.statements, true) }), functions };
}

interface Context {
  names: Set<string>;
  defined(command: Compound<'FunctionDef'>): Compound<'FunctionDef'>[];
}

const word = (value: string): WordNode => ({ type: 'Word', parts: [{ type: 'Literal', value }] });
const redirection = (fd: number | null, operator: Redirection['operator'], target: string): Redirection => ({
  type: 'Redirection',
  fd,
  operator,
  target: word(target),
});
const pipelineOf = (command: CommandNode): PipelineNode => ({ type: 'Pipeline', commands: [command], negated: false });
const statementOf = (command: CommandNode): StatementNode => ({
  type: 'Statement',
  pipelines: [pipelineOf(command)],
  operators: [],
  background: false,
});
const tick = (): StatementNode =>
  statementOf({ type: 'SimpleCommand', assignments: [], name: word(TICK), args: [], redirections: [] });

/** The word's text when nothing in it is expanded. */
export function literalOf(node: WordNode | null | undefined): string | null {
  if (!node) return null;
  const texts = node.parts.map((part) =>
    part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped' ? part.value : null,
  );
  return texts.includes(null) ? null : texts.join('');
}

type Each = (statements: StatementNode[]) => StatementNode[];

/** A compound command with `each` done to the statements in it, and a tick in every loop. */
function inside(command: CommandNode, each: Each): CommandNode {
  switch (command.type) {
    case 'While':
    case 'Until':
      return { ...command, condition: each(command.condition), body: [tick(), ...each(command.body)] };
    case 'For':
    case 'CStyleFor':
      return { ...command, body: [tick(), ...each(command.body)] };
    case 'If': {
      const clauses = command.clauses.map(({ condition, body }) => ({ condition: each(condition), body: each(body) }));
      return { ...command, clauses, elseBody: command.elseBody === null ? null : each(command.elseBody) };
    }
    case 'Case':
      return { ...command, items: command.items.map((item) => ({ ...item, body: each(item.body) })) };
    case 'Group':
    case 'Subshell':
      return { ...command, body: each(command.body) };
    default:
      return command;
  }
}

/** Only ticks: for what is captured. */
function plainStatements(statements: StatementNode[]): StatementNode[] {
  return statements.map(({ sourceText: _, ...statement }) => ({
    ...statement,
    pipelines: statement.pipelines.map((pipeline) => ({ ...pipeline, commands: pipeline.commands.map(plain) })),
  }));
}

function plain(command: CommandNode): CommandNode {
  return command.type === 'FunctionDef' ? plainFunction(command) : inside(command, plainStatements);
}

function ticking(body: CommandNode): Compound<'Group'> {
  return { type: 'Group', body: [tick(), statementOf(body)], redirections: [] };
}

const plainFunction = (command: Compound<'FunctionDef'>): Compound<'FunctionDef'> => ({
  ...command,
  body: ticking(inside(command.body, plainStatements)),
});

const liveFunction = (context: Context, command: Compound<'FunctionDef'>): Compound<'FunctionDef'> => ({
  ...command,
  name: liveName(command.name),
  body: ticking(live(context, command.body, true)),
});

function liveStatements(context: Context, statements: StatementNode[], fed: boolean): StatementNode[] {
  return statements.flatMap(({ sourceText: _, ...statement }) => {
    const only = statement.pipelines.length === 1 ? statement.pipelines[0]?.commands : undefined;
    const [command] = only ?? [];
    if (only?.length === 1 && command?.type === 'FunctionDef') return context.defined(command).map(statementOf);
    return [{ ...statement, pipelines: statement.pipelines.map((pipeline) => livePipeline(context, pipeline, fed)) }];
  });
}

/** Only the first command of a pipeline reads the session's input, only the last writes to its output. */
function livePipeline(context: Context, pipeline: PipelineNode, fed: boolean): PipelineNode {
  const last = pipeline.commands.length - 1;
  const commands = pipeline.commands.map((command, index) => {
    if (index === last) return live(context, command, fed && index === 0);
    const first = plain(command);
    return first.type === 'SimpleCommand' && fed && index === 0 ? feed(first) : first;
  });
  return { ...pipeline, commands };
}

function live(context: Context, command: CommandNode, fed: boolean): CommandNode {
  if (command.type === 'FunctionDef') return plainFunction(command);
  if (command.type === 'SimpleCommand') return liveSimple(context, command, fed);
  const writes = command.redirections.some(({ operator }) => operator.includes('>'));
  if (writes) return inside(command, plainStatements);
  const reads = command.redirections.length > 0;
  return inside(command, (statements) => liveStatements(context, statements, fed && !reads));
}

function liveSimple(context: Context, given: SimpleCommandNode, fed: boolean): CommandNode {
  const command = byName(given);
  const name = literalOf(command.name);
  if (command.name === null) return command;
  if (name === 'exec') return replacement(command) ?? command;
  const calls = name !== null && context.names.has(name);
  const speaks = name !== null && fed && speaksItself(name, command.args.map(literalOf));
  if (name !== null && (calls || speaks) && command.redirections.length === 0) return { ...command, name: word(liveName(name)) };
  const reading = fed ? feed(command) : command;
  const outputs = [redirection(null, '>>', STDOUT), redirection(2, '>>', STDERR)];
  return { ...reading, redirections: [...outputs, ...reading.redirections] };
}

/** `exec PROGRAM …`: the library would run the program as one that ends by itself, which a shell at a terminal does not. */
function replacement({ args, redirections }: SimpleCommandNode): Compound<'Group'> | null {
  const program = literalOf(args[0]);
  if (program === null || !programNames.has(program) || redirections.length > 0) return null;
  const call = (name: string, words: WordNode[]) =>
    statementOf({ type: 'SimpleCommand', assignments: [], name: word(name), args: words, redirections: [] });
  return { type: 'Group', body: [call(REPLACE, args), call('exit', [])], redirections: [] };
}

const SPARK_PROGRAMS = '/opt/spark/bin/';

/** A program of Spark called by its path is the command of that name: the library hands a script file nine arguments, and no more. */
function byName(command: SimpleCommandNode): SimpleCommandNode {
  const path = literalOf(command.name) ?? '';
  const name = path.slice(SPARK_PROGRAMS.length);
  return path.startsWith(SPARK_PROGRAMS) && programNames.has(name) ? { ...command, name: word(name) } : command;
}

/** A command with options is the library's: ours know none. */
const speaksItself = (name: string, args: (string | null)[]): boolean =>
  direct.has(name) && (name !== 'cat' || args.every((arg) => arg === '-' || !(arg ?? '').startsWith('-')));

/** The command with the session's input as its own, when it is one that reads it. */
function feed(command: SimpleCommandNode): SimpleCommandNode {
  if (command.redirections.some(({ operator }) => operator.startsWith('<'))) return command;
  const name = literalOf(command.name);
  const wanted = name === null ? null : inputOf(name, command.args.map(literalOf));
  if (wanted === null) return command;
  const path = wanted === 'line' ? LINE : STDIN;
  return { ...command, redirections: [...command.redirections, redirection(null, '<', path)] };
}

/** What a script that is not finished yet makes the parser say. */
const unfinished = /unexpected EOF|got EOF|unexpected end of file/i;

/** Whether `source` is a whole script, wants more lines, or is wrong (with the parser's words). */
export function judge(
  library: Library,
  source: string,
): { verdict: 'whole' | 'unfinished' } | { verdict: 'wrong'; words: string } {
  let script: Script;
  try {
    script = library.parse(source);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    if (unfinished.test(words) || endsOpen(source, words)) return { verdict: 'unfinished' };
    return { verdict: 'wrong', words: words.replace(/^Parse error at [\d:]+: /, '').replace(/^line \d+: /, '') };
  }
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(source) || /(\||&&)\s*$/.test(source)) return { verdict: 'unfinished' };
  const open = JSON.stringify(script).includes('"terminated":false');
  return { verdict: open ? 'unfinished' : 'whole' };
}

/** `if true; then` with nothing behind it is told as a missing word, not as an end. */
function endsOpen(source: string, words: string): boolean {
  return /unexpected token `(fi|done|esac|\})'/.test(words) && /\b(then|do|else|in)\s*$/.test(source.trimEnd());
}

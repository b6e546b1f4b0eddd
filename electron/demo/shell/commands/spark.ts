import type { SessionParts } from '../session-parts.ts';
import { asksForDriver } from '../submit.ts';
import { type Commands, failed, out, type Run } from './command.ts';
import { evaluate, greeting, type Knowledge, type Tongue } from './spark-expressions.ts';
import { serveFiles } from './web-server.ts';

/** `spark-shell` and its kin, and the languages they need. They say in their first line that they stand in for the real ones. */
export function sparkCommands(parts: SessionParts): Commands {
  const version = parts.container.environment.SPARK_VERSION ?? '3.5.7';
  const application = parts.container.environment.SPARK_APPLICATION_ID ?? 'local-1700000000000';
  const talk =
    (tongue: Tongue): Run =>
    async (args, { signal, stdin }) => {
      const { input, output } = parts;
      const over = (): boolean => signal?.aborted === true;
      const say = (text: string): Promise<void> => output.stdout(Buffer.from(text));
      if (args.includes('--version')) return out(`Stand-in of the demo cluster: no Spark runs here.\nversion ${version}\n`);
      if (String(stdin) !== '') return out(script(tongue, String(stdin), { version, application, round: 0 }));
      await say(greeting(tongue, version, application));
      for (let round = 0; !over(); ) {
        await parts.prompt(promptOf[tongue], true);
        const line = await input.line();
        if (line === null) {
          if (!over()) await say('\n');
          break;
        }
        const answer = evaluate(tongue, line.toString().trim(), { version, application, round });
        if (answer === null) break;
        if (answer !== '') round += 1;
        await say(answer);
      }
      return out('');
    };
  const submit: Run = async (args) => {
    if (asksForDriver(args)) {
      const failure = await parts.container.submit(args);
      return failure === null ? out('') : failed(failure);
    }
    const text = args.includes('--version')
      ? `version ${version}\n`
      : 'Nothing was submitted. It takes --master k8s://… and --deploy-mode cluster.\n';
    return out(`Stand-in of the demo cluster: no Spark runs here.\n${text}`);
  };
  return {
    'spark-shell': talk('scala'),
    pyspark: talk('python'),
    'spark-sql': talk('sql'),
    'spark-submit': submit,
    java: (args) =>
      /^--?version$/.test(args[0] ?? '')
        ? {
            stdout: '',
            stderr: 'openjdk version "17.0.16" 2025-07-15\nStand-in of the demo cluster: no JVM runs here.\n',
            exitCode: 0,
          }
        : { stdout: '', stderr: 'Stand-in of the demo cluster: no JVM runs here.\n', exitCode: 1 },
    python3(args, { fs, cwd, signal }) {
      const [module, name, port = '8000'] = args;
      if (/^(--version|-V)$/.test(module ?? '')) return out('Python 3.11.2\n');
      if (module === '-m' && name === 'http.server')
        return serveFiles(parts, Number(port), fs, cwd, signal ?? parts.foreground());
      const words =
        'Stand-in of the demo cluster: no Python runs here; it tells its version and serves files (-m http.server).\n';
      return failed(words);
    },
  };
}

/** What lines that come through a pipe are answered. */
function script(tongue: Tongue, lines: string, knowledge: Knowledge): string {
  const answers: string[] = [greeting(tongue, knowledge.version, knowledge.application)];
  for (const line of lines.split('\n')) {
    const answer = evaluate(tongue, line.trim(), { ...knowledge, round: answers.length - 1 });
    if (answer === null) break;
    if (answer !== '') answers.push(answer);
  }
  return answers.join('');
}

const promptOf: Record<Tongue, string> = { scala: 'scala> ', python: '>>> ', sql: 'spark-sql (default)> ' };

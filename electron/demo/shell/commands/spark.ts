import type { SessionParts } from '../session-parts.ts';
import { type Commands, out, type Run } from './command.ts';
import { evaluate, greeting, type Tongue } from './spark-expressions.ts';

/** `spark-shell` and its kin, and the languages they need. They say in their first line that they stand in for the real ones. */
export function sparkCommands(parts: SessionParts): Commands {
  const version = parts.container.environment.SPARK_VERSION ?? '3.5.7';
  const application = parts.container.environment.SPARK_APPLICATION_ID ?? 'local-1700000000000';
  const talk =
    (tongue: Tongue): Run =>
    async (args, { signal }) => {
      const { input, output } = parts;
      const over = (): boolean => signal?.aborted === true;
      const say = (text: string): Promise<void> => output.stdout(Buffer.from(text));
      if (args.includes('--version')) return out(`Stand-in of the demo cluster: no Spark runs here.\nversion ${version}\n`);
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
  const once: Run = (args) => {
    const text = args.includes('--version')
      ? `version ${version}\n`
      : 'Nothing was submitted. Create a SparkApplication, or a driver pod, through the API instead.\n';
    return out(`Stand-in of the demo cluster: no Spark runs here.\n${text}`);
  };
  return {
    'spark-shell': talk('scala'),
    pyspark: talk('python'),
    'spark-sql': talk('sql'),
    'spark-submit': once,
    java: (args) =>
      /^--?version$/.test(args[0] ?? '')
        ? {
            stdout: '',
            stderr: 'openjdk version "17.0.16" 2025-07-15\nStand-in of the demo cluster: no JVM runs here.\n',
            exitCode: 0,
          }
        : { stdout: '', stderr: 'Stand-in of the demo cluster: no JVM runs here.\n', exitCode: 1 },
    python3: (args) =>
      /^(--version|-V)$/.test(args[0] ?? '')
        ? out('Python 3.11.2\n')
        : { stdout: '', stderr: 'Stand-in of the demo cluster: no Python runs here; it only tells its version.\n', exitCode: 1 },
  };
}

const promptOf: Record<Tongue, string> = { scala: 'scala> ', python: '>>> ', sql: 'spark-sql (default)> ' };

import { type SparkConf, settingOf } from '../conf.ts';

/** What spark-submit says about arguments it cannot use, without the `Error: ` before it. */
export class SubmissionError extends Error {}

/** An argument list of spark-submit, read. */
export interface Command {
  /** Everything, with the options that have a key of their own among it. */
  conf: SparkConf;
  mainClass: string;
  /** The jar, Python or R file. */
  resource: string;
  args: string[];
  proxyUser: string;
}

/** Options with a value, and the key they stand for; '' where there is none. An option beats a `--conf` of its key. */
const options: Record<string, string> = {
  '--archives': 'spark.archives',
  '--class': '',
  '--deploy-mode': 'spark.submit.deployMode',
  '--driver-class-path': 'spark.driver.extraClassPath',
  '--driver-cores': 'spark.driver.cores',
  '--driver-java-options': 'spark.driver.extraJavaOptions',
  '--driver-library-path': 'spark.driver.extraLibraryPath',
  '--driver-memory': 'spark.driver.memory',
  '--exclude-packages': 'spark.jars.excludes',
  '--executor-cores': 'spark.executor.cores',
  '--executor-memory': 'spark.executor.memory',
  '--files': 'spark.files',
  '--jars': 'spark.jars',
  '--keytab': 'spark.kerberos.keytab',
  '--master': 'spark.master',
  '--name': 'spark.app.name',
  '--num-executors': 'spark.executor.instances',
  '--packages': 'spark.jars.packages',
  '--principal': 'spark.kerberos.principal',
  '--properties-file': '',
  '--proxy-user': '',
  '--py-files': 'spark.submit.pyFiles',
  '--queue': '',
  '--repositories': 'spark.jars.repositories',
  '--total-executor-cores': 'spark.cores.max',
};
const switches = new Set(['--supervise', '--verbose', '-v', '--load-spark-defaults']);

/** Reads what stands behind `spark-submit`; throws `SubmissionError` where the real one gives up before it asks the cluster. */
export function readArguments(list: readonly string[]): Command {
  const { given, conf, rest } = split(list);
  for (const [option, key] of Object.entries(options)) {
    const value = given.get(option);
    if (key !== '' && value !== undefined) conf.set(key, value);
  }
  const [resource, ...args] = rest;
  if (resource === undefined) throw new SubmissionError('Missing application resource.');
  const mainClass = given.get('--class') ?? '';
  if (!given.has('--class') && !/\.(py|R)$/.test(resource) && resource !== 'spark-internal') {
    const scheme = /^(\w+):/.exec(resource)?.[1] ?? 'file';
    throw new SubmissionError(
      `Cannot load main class from JAR ${resource} with URI ${scheme}. Please specify a class through --class.`,
    );
  }
  if (settingOf(conf, 'spark.app.name') === '') conf.set('spark.app.name', mainClass || (resource.split('/').at(-1) ?? ''));
  return { conf, mainClass, resource, args, proxyUser: given.get('--proxy-user') ?? '' };
}

/** Options end at the first word that is none: the application; all behind it is the application's. */
function split(list: readonly string[]): { given: Map<string, string>; conf: Map<string, string>; rest: string[] } {
  const given = new Map<string, string>();
  const conf = new Map<string, string>();
  let here = 0;
  while (here < list.length) {
    const word = list[here] ?? '';
    const [, joined, joinedValue] = /^(--[^=]+)=(.+)$/s.exec(word) ?? [];
    const option = joined ?? word;
    if (!option.startsWith('-')) break;
    here += 1;
    if (switches.has(option)) continue;
    if (!(option in options) && option !== '--conf' && option !== '-c') {
      throw new SubmissionError(`Unrecognized option '${option}'.`);
    }
    const value = joinedValue ?? list[here];
    if (joinedValue === undefined) here += 1;
    if (value === undefined) throw new SubmissionError(`Missing argument for option '${option}'.`);
    if (option === '--conf' || option === '-c') {
      const [, key = '', setting = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
      if (key === '') throw new SubmissionError(`Spark config without '=': ${value}`);
      conf.set(key.trim(), setting.trim());
    } else {
      given.set(option, value);
    }
  }
  return { given, conf, rest: list.slice(here) };
}

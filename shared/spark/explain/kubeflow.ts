import { listAt } from '../../json.ts';
import { type Argument, conf, option, type Section, type Submission, scalarAt, type YamlPath } from './argument.ts';
import { dynamicAllocation } from './dynamic-allocation.ts';
import { sparkConfWithMetrics } from './monitoring.ts';
import { driverPodNameKey } from './pod-rows.ts';
import { driverSections, executorSections } from './pods.ts';
import { entries, filled, filledOption, given, joinedOption, joinedValue, value } from './row.ts';

/** What the operator makes of a SparkApplication: the whole list, or its words when it cannot be built. */
export type KubeflowArguments =
  | { readonly state: 'built'; readonly arguments: readonly Argument[] }
  | { readonly state: 'refused'; readonly message: string; readonly origin: YamlPath };

/**
 * The list `buildSparkSubmitArgs` builds (`internal/controller/sparkapplication/submission.go`, version 2.5.2 and older), section
 * by section. Order counts: of two `--conf` of one key spark-submit takes the later, so that sparkConf wins over all above it
 * and loses to all below. Entries of a map come sorted here; the operator's own order is random.
 */
const sections: readonly Section[] = [
  ({ master }) => [option('--master', master, 'operator')],
  ({ application }) => [option('--deploy-mode', scalarAt(application, ['spec', 'mode']) ?? '', ['spec', 'mode'])],
  given('spec.mainClass', (text) => ['--class', text]),
  given('metadata.name', (text) => ['--name', text]),
  joinedOption('spec.deps.jars', '--jars'),
  joinedOption('spec.deps.packages', '--packages'),
  joinedOption('spec.deps.excludePackages', '--exclude-packages'),
  joinedOption('spec.deps.repositories', '--repositories'),
  joinedOption('spec.deps.pyFiles', '--py-files'),
  joinedOption('spec.deps.files', '--files'),
  joinedOption('spec.deps.archives', '--archives'),
  value('metadata.namespace', 'spark.kubernetes.namespace'),
  filled(['spec.image'], 'spark.kubernetes.container.image'),
  filled(['spec.imagePullPolicy'], 'spark.kubernetes.container.image.pullPolicy'),
  joinedValue('spec.imagePullSecrets', 'spark.kubernetes.container.image.pullSecrets'),
  filled(['spec.pythonVersion'], 'spark.kubernetes.pyspark.pythonVersion'),
  filled(['spec.memoryOverheadFactor'], 'spark.kubernetes.memoryOverheadFactor'),
  () => [conf('spark.kubernetes.submission.waitAppCompletion', 'false', 'operator')],
  sparkConf,
  entries('spec.hadoopConf', 'spark.hadoop.'),
  ...driverSections,
  ...executorSections,
  entries('spec.nodeSelector', 'spark.kubernetes.node.selector.'),
  dynamicAllocation,
  filledOption('spec.proxyUser', '--proxy-user'),
  given('spec.mainApplicationFile', (text) => [text]),
  ({ application }) =>
    listAt(application, 'spec', 'arguments').map((_, index) => {
      const origin = ['spec', 'arguments', index];
      return { texts: [scalarAt(application, origin) ?? ''], origin };
    }),
];

function sparkConf({ application }: Submission): Argument[] {
  return sparkConfWithMetrics(application)
    .filter(({ name }) => name !== driverPodNameKey)
    .map(({ name, text, origin }) => conf(name, text, origin));
}

/**
 * The arguments spark-submit gets for `submission`, by an operator with its default flags and without a batch scheduler or an
 * ingress, which would change the application before. What its webhook does to the pods has no arguments. Refused with the
 * words of `status.applicationState.errorMessage`.
 */
export function kubeflowArguments(submission: Submission): KubeflowArguments {
  const all: Argument[] = [];
  for (const section of sections) {
    const made = section(submission);
    if ('refused' in made) {
      const message = `failed to submit spark application: failed to build spark-submit arguments: ${made.refused}`;
      return { state: 'refused', message, origin: made.origin };
    }
    all.push(...made);
  }
  return { state: 'built', arguments: all };
}

/** The list as a process gets it. */
export function argumentTexts(list: readonly Argument[]): string[] {
  return list.flatMap(({ texts }) => texts);
}

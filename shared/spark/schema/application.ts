import {
  batchSchedulerOptions,
  dependencies,
  driverIngressOptions,
  dynamicAllocation,
  monitoring,
  restartPolicy,
  sparkUIOptions,
} from './behaviour.ts';
import { choice, flag, type JsonSchema, list, mapOf, object, text, texts, whole } from './json-schema.ts';
import { metadata, volume } from './kubernetes.ts';
import { driver, executor } from './roles.ts';

const sparkConfWins = 'A key in `sparkConf` that says the same wins over it.';

/** The `spec` of a SparkApplication, and the `template` of a scheduled one. */
export const applicationSpec: JsonSchema = object(
  'What to run and how. Changing anything here but `suspend` and `timeToLiveSeconds` kills a running application and runs it anew, one that has ended too.',
  {
    type: choice(
      'Language of the program. Decides how much memory beside the heap is reckoned: a tenth for Java and Scala, four tenths for the others.',
      ['Scala', 'Java', 'Python', 'R'],
    ),
    sparkVersion: text(
      'Version of Spark in the image, `3.5.7` say. It does not choose anything: spark-submit is the operator’s own, and Spark is what the image holds. Pod templates need 3.0.0.',
    ),
    mode: choice(
      'Where the driver runs: `--deploy-mode`. Only `cluster` works: with `client` the job’s JVM would run inside the operator, and the submission fails.',
      ['cluster', 'client'],
      { default: 'cluster' },
    ),
    image: text(`Image of driver and executors: \`spark.kubernetes.container.image\`. ${sparkConfWins}`),
    imagePullPolicy: choice(`When to pull it: \`spark.kubernetes.container.image.pullPolicy\`. ${sparkConfWins}`, [
      'Always',
      'IfNotPresent',
      'Never',
    ]),
    imagePullSecrets: texts(
      `Secrets for the registry: \`spark.kubernetes.container.image.pullSecrets\`. Names only. ${sparkConfWins}`,
    ),
    mainClass: text('Class with the main method: `--class`. For Java and Scala.'),
    mainApplicationFile: text(
      'The program: a JAR, a .py or an .R file. `local:///…` is a path in the image; anything else is fetched.',
    ),
    arguments: texts('Arguments of the program, one each. Numbers need quotes.'),
    sparkConf: mapOf(
      'Spark’s configuration: `--conf key=value`. All values are text, so numbers, true and false need quotes. It wins over image, pull policy and secrets, pythonVersion and memoryOverheadFactor of the spec; the fields of driver and executor win over it. The operator refuses `spark.master`, image and service account keys here.',
    ),
    hadoopConf: mapOf('Hadoop’s configuration; each key becomes `spark.hadoop.<key>`. All values are text.'),
    sparkConfigMap: text(
      'ConfigMap with spark-defaults.conf, log4j2.properties and the like, mounted as SPARK_CONF_DIR. Needs the operator’s webhook.',
    ),
    hadoopConfigMap: text('ConfigMap with core-site.xml and the like, mounted as HADOOP_CONF_DIR. Needs the operator’s webhook.'),
    volumes: list('Volumes that driver and executor can mount.', volume),
    driver,
    executor,
    deps: dependencies,
    restartPolicy,
    dynamicAllocation,
    nodeSelector: mapOf(
      'Labels a node must have, for all pods: `spark.kubernetes.node.selector.*`. Not together with those of driver or executor.',
    ),
    pythonVersion: choice(`Major version of Python: \`spark.kubernetes.pyspark.pythonVersion\`. In quotes. ${sparkConfWins}`, [
      '2',
      '3',
    ]),
    memoryOverheadFactor: text(
      `Memory beside the heap as a share of it: \`spark.kubernetes.memoryOverheadFactor\`. In quotes. Default: 0.1 for JVM programs, 0.4 for others. ${sparkConfWins}`,
    ),
    monitoring,
    batchScheduler: text(
      'Name of a batch scheduler that places driver and executors together: `volcano`, `yunikorn`, `kube-scheduler`.',
    ),
    batchSchedulerOptions,
    sparkUIOptions,
    driverIngressOptions,
    proxyUser: text('User to act as, from Hadoop’s point of view: `--proxy-user`.'),
    suspend: flag(
      'Holds the application: true before it starts keeps it from starting, true while it runs deletes its pods, false starts it anew. Nothing happens once it has ended.',
      {
        default: false,
      },
    ),
    timeToLiveSeconds: whole(
      'Seconds after its end when the application is deleted, with its driver and so its log. Absent: never.',
      0,
    ),
    failureRetries: whole('Accepted but ignored: nothing reads it any more. Use `restartPolicy.onFailureRetries`.', 0, {
      deprecationMessage: 'failureRetries is ignored; use restartPolicy.onFailureRetries',
    }),
    retryInterval: whole('Accepted but ignored: nothing reads it any more. Use `restartPolicy.onFailureRetryInterval`.', 1, {
      deprecationMessage: 'retryInterval is ignored; use restartPolicy.onFailureRetryInterval',
    }),
  },
  ['type', 'sparkVersion', 'mainApplicationFile', 'driver', 'executor'],
);

/** A whole SparkApplication of `sparkoperator.k8s.io/v1beta2`. */
export const sparkApplication: JsonSchema = object(
  'One Spark program, run once or until it succeeds.',
  {
    apiVersion: text('Which API and version.', { const: 'sparkoperator.k8s.io/v1beta2' }),
    kind: text('What this is.', { const: 'SparkApplication' }),
    metadata,
    spec: applicationSpec,
    status: { type: 'object', description: 'Written by the operator; what stands here is not taken.' },
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
);

import { at, type Json, type JsonObject, listOf, nameOf, namespaceOf, numberOf, objectOf, textOf } from '../../json.ts';
import { ACCOUNT, defaultImage, labelsFor, texts } from './names.ts';

/**
 * The command line of the submitter (`KubernetesAppDeployer`): put together as text and handed to a shell, so that a blank or a
 * quote in a value is the shell's. `restartPolicy`, `sparkConfigMap` and `historyServer` change nothing, and there is no sparkConf.
 */
export function submitCommand(application: JsonObject): string {
  const { spec } = application;
  const driver = objectOf(at(spec, 'driver'));
  const executor = objectOf(at(spec, 'executor'));
  const conf = (key: string, value: Json | undefined): string[] =>
    value === undefined ? [] : [`--conf ${key}=${String(value)}`];
  const labelled = (side: 'driver' | 'executor', labels: [string, string][]): string[] =>
    labels.flatMap(([label, value]) => conf(`spark.kubernetes.${side}.label.${label}`, value));
  const common = [...Object.entries(labelsFor(application)), ...texts(at(spec, 'labels'))];
  const dependencies = (option: string, name: string): string[] => {
    const list = listOf(at(spec, 'deps', name));
    return list.length === 0 ? [] : [`${option} ${list.join(',')}`];
  };
  const mainClass = textOf(at(spec, 'mainClass'));
  const sleep = numberOf(at(spec, 'sleep'), 31_536_000);
  const submit = [
    '/opt/spark/bin/spark-submit',
    ...(mainClass === '' ? [] : [`--class ${mainClass}`]),
    '--master k8s://https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT',
    ...conf('spark.kubernetes.namespace', namespaceOf(application)),
    `--deploy-mode ${textOf(at(spec, 'mode')) || 'cluster'}`,
    ...conf('spark.app.name', nameOf(application)),
    ...conf('spark.kubernetes.container.image', imageOf(application)),
    ...conf('spark.kubernetes.submission.waitAppCompletion', 'false'),
    ...conf('spark.driver.cores', driver.cores ?? '1'),
    ...conf('spark.kubernetes.driver.limit.cores', driver.coreLimit),
    ...conf('spark.driver.memory', driver.memory ?? '512m'),
    ...conf('spark.driver.memoryOverhead', driver.memoryOverhead),
    ...conf('spark.kubernetes.authenticate.driver.serviceAccountName', ACCOUNT),
    ...labelled('driver', [...common, ...texts(driver.labels)]),
    ...labelled('executor', [...common, ...texts(executor.labels)]),
    ...texts(at(spec, 'env')).flatMap(([name, value]) => [
      ...conf(`spark.kubernetes.driverEnv.${name}`, value),
      ...conf(`spark.executorEnv.${name}`, value),
    ]),
    ...conf('spark.executor.instances', executor.instances ?? 1),
    ...conf('spark.executor.cores', executor.cores ?? '1'),
    ...conf('spark.executor.memory', executor.memory ?? '512m'),
    ...dependencies('--py-files', 'pyFiles'),
    ...dependencies('--jars', 'jars'),
    ...dependencies('--files', 'files'),
    ...conf('spark.jars.ivy', '/tmp/.ivy2'),
    textOf(at(spec, 'mainApplicationFile')),
    textOf(at(spec, 'arguments')),
  ];
  const again = [`echo -e '\\n\\ntask/pod will be rescheduled in ${sleep} seconds..'`, `sleep ${sleep}`];
  return [submit.filter((part) => part !== '').join(' '), ...(sleep > 0 ? again : [])].join(' && ');
}

const imageOf = (application: JsonObject): string => textOf(at(application, 'spec', 'image')) || defaultImage;

/** The pod of the ReplicationController `<name>-submitter`: it submits, sleeps, and is then started again by its kubelet. */
export function submitterPod(application: JsonObject): JsonObject {
  const name = `${nameOf(application)}-submitter`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: namespaceOf(application), generateName: `${name}-`, labels: labelsFor(application) },
    spec: {
      serviceAccountName: ACCOUNT,
      containers: [
        {
          name,
          image: imageOf(application),
          imagePullPolicy: textOf(at(application, 'spec', 'imagePullPolicy')) || 'IfNotPresent',
          command: ['/bin/sh', '-c'],
          args: [submitCommand(application)],
        },
      ],
    },
  };
}

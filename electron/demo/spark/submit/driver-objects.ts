import { stringify } from 'yaml';
import { type JsonObject, labelsOf, nameOf, namespaceOf, uidOf } from '../../json.ts';
import { below, type SparkConf, settingOf, uniqueId } from '../conf.ts';
import { propertiesText } from '../properties.ts';
import { type Command, SubmissionError } from './arguments.ts';
import {
  driverPorts,
  languageOf,
  namespaceIn,
  overheadFactorOf,
  podNameOf,
  podSpecMapOf,
  type Submission,
} from './driver-pod.ts';

/** The owner reference that Spark writes: the driver controls what is made for it. */
export const ownedBy = (driver: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  name: nameOf(driver),
  uid: uidOf(driver),
  controller: true,
});

/** The name of the headless service; one that would not fit a DNS label gets Spark's short form. */
export function serviceNameOf({ prefix }: Submission, now: number): string {
  const name = `${prefix}-driver-svc`;
  return name.length <= 63 ? name : `spark-${uniqueId(now)}-driver-svc`;
}

/** The headless service by which executors find their driver. */
export function driverService(submission: Submission, name: string, driver: JsonObject): JsonObject {
  const { conf } = submission.command;
  const annotations = Object.fromEntries(below(conf, 'spark.kubernetes.driver.service.annotation.'));
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace: namespaceOf(driver),
      labels: {
        'spark-app-selector': submission.applicationId,
        ...Object.fromEntries(below(conf, 'spark.kubernetes.driver.service.label.')),
      },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [ownedBy(driver)],
    },
    spec: {
      ports: driverPorts(conf).map(([port, number]) => ({ name: port, protocol: 'TCP', port: number, targetPort: number })),
      selector: labelsOf(driver),
      clusterIP: 'None',
    },
  };
}

/** What the driver reads at its start: everything of the command, and what the client added. `now`: epoch milliseconds. */
export function driverProperties(submission: Submission, service: string, now: number): SparkConf {
  const { command, applicationId, executorTemplate } = submission;
  const { conf } = command;
  checkDependencies(command);
  const language = languageOf(command);
  const jars = settingOf(conf, 'spark.jars');
  const template = { 'spark.kubernetes.executor.podTemplateFile': '/opt/spark/pod-template/pod-spec-template.yml' };
  const own: Record<string, string> = {
    'spark.app.id': applicationId,
    'spark.app.submitTime': String(Math.trunc(now)),
    'spark.submit.deployMode': 'cluster',
    'spark.submit.pyFiles': settingOf(conf, 'spark.submit.pyFiles'),
    'spark.kubernetes.driver.pod.name': podNameOf(submission),
    'spark.kubernetes.memoryOverheadFactor': overheadFactorOf(command),
    'spark.kubernetes.resource.type': language,
    'spark.kubernetes.submitInDriver': 'true',
    'spark.driver.host': `${service}.${namespaceIn(conf)}.svc`,
    'spark.driver.port': settingOf(conf, 'spark.driver.port') || '7078',
    'spark.driver.blockManager.port': settingOf(conf, 'spark.driver.blockManager.port') || '7079',
    ...(executorTemplate === undefined ? {} : template),
    ...(language === 'java' ? { 'spark.jars': jars === '' ? command.resource : `${jars},${command.resource}` } : {}),
  };
  return new Map([...conf, ...Object.entries(own)]);
}

/** Files of the machine that submits must be uploaded, and that needs a place. */
function checkDependencies({ conf, resource }: Command): void {
  const lists = ['spark.jars', 'spark.files', 'spark.archives', 'spark.submit.pyFiles'].map((key) => settingOf(conf, key));
  const files = [resource, ...lists.flatMap((list) => list.split(','))].filter(
    (file) => file !== '' && file !== 'spark-internal',
  );
  const toUpload = files.some((file) => /^file:/.test(file) || !/^[a-z][a-z0-9+.-]*:/i.test(file));
  if (toUpload && settingOf(conf, 'spark.kubernetes.file.upload.path') === '') {
    throw new SubmissionError('Please specify spark.kubernetes.file.upload.path property.');
  }
}

/** The ConfigMaps that a submission leaves beside the driver: the executors' pod template, then the properties. */
export function driverConfigMaps(submission: Submission, properties: SparkConf, driver: JsonObject, now: number): JsonObject[] {
  const { configuration, executorTemplate } = submission;
  const namespace = namespaceOf(driver);
  const map = (name: string, data: JsonObject): JsonObject => ({
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name, namespace, ownerReferences: [ownedBy(driver)] },
    immutable: true,
    data,
  });
  const template = executorTemplate === undefined ? [] : [{ 'podspec-configmap-key': stringify(executorTemplate) }];
  return [
    ...template.map((data) => map(podSpecMapOf(submission), data)),
    map(configuration, {
      'spark.kubernetes.namespace': namespace,
      'spark.properties': propertiesText(configuration, properties, now),
    }),
  ];
}

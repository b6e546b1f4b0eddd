import { createHash } from 'node:crypto';
import { ApiError } from '../../api/status.ts';
import { at, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../../json.ts';
import { clientException } from '../../spark/submit/refusal.ts';
import { SubmissionError, sparkSubmit } from '../../spark/submit.ts';
import type { World } from '../../world.ts';
import { userOf } from '../account.ts';
import { attemptOf } from './status.ts';
import { restartPolicyOf } from './tolerations.ts';
import { messages } from './words.ts';

export const applicationLabel = 'spark.operator/spark-app-name';
/** On everything that the operator makes. */
export const operatorLabels = { 'spark.operator/name': 'spark-kubernetes-operator' };
/** Who the operator is to the API server. */
export const ACCOUNT = { namespace: 'spark-operator', name: 'spark-operator' };
const OPERATOR = userOf(ACCOUNT);
const API_SERVER = 'https://10.96.0.1:443';

/** An id longer than this keeps its first letters and gets a hash for the rest, `HASH_LENGTH` of it. */
const LONGEST_ID = 46;
const HASH_LENGTH = 36;

/** Spark's id of the attempt, which all its objects are named after: `<name>-<attempt>` (`SparkAppSubmissionWorker`). */
export function applicationIdOf(application: JsonObject): string {
  const attempt = String(attemptOf(application));
  const id = `${nameOf(application)}-${attempt}`;
  if (id.length <= LONGEST_ID) return id;
  const digest = createHash('sha256')
    .update([namespaceOf(application), nameOf(application), attempt].join('/'))
    .digest('hex');
  const hash = BigInt(`0x${digest}`).toString(36).slice(0, HASH_LENGTH);
  return `${id.slice(0, LONGEST_ID - HASH_LENGTH - 1)}-${hash}`;
}

/** The driver pod of the present attempt. */
export const driverNameOf = (application: JsonObject): string =>
  textOf(at(application, 'spec', 'sparkConf', 'spark.kubernetes.driver.pod.name')) || `${applicationIdOf(application)}-driver`;

/**
 * Creates driver pod, service and ConfigMaps of the present attempt. The operator builds them itself out of Spark's own library;
 * nothing runs spark-submit, but what comes out is the same. Returns what to say of a refusal, or null when it went well.
 */
export async function requestDriver(world: World, application: JsonObject): Promise<string | null> {
  try {
    await sparkSubmit(world, submissionArguments(application), {
      user: OPERATOR,
      applicationId: applicationIdOf(application),
      driverTemplate: driverTemplate(application),
      ...executorTemplate(application),
    });
    return null;
  } catch (error) {
    const exception = exceptionText(error, namespaceOf(application));
    if (exception === null) throw error;
    return `${messages.schedulingFailure} StackTrace: ${exception}`;
  }
}

function exceptionText(error: unknown, namespace: string): string | null {
  if (error instanceof SubmissionError) return `org.apache.spark.SparkException: ${error.message}`;
  if (!(error instanceof ApiError)) return null;
  const message = clientException(error, 'pods', { master: API_SERVER, namespace, user: OPERATOR });
  return `io.fabric8.kubernetes.client.KubernetesClientException: ${message}`;
}

function submissionArguments(application: JsonObject): string[] {
  const { spec } = application;
  const conf = Object.entries(configurationOf(application)).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
  const mainClass = textOf(at(spec, 'mainClass'));
  const proxyUser = textOf(at(spec, 'proxyUser'));
  return [
    ...['--deploy-mode', 'cluster'],
    ...(mainClass === '' ? [] : ['--class', mainClass]),
    ...(proxyUser === '' ? [] : ['--proxy-user', proxyUser]),
    ...conf,
    textOf(at(spec, 'jars')) || textOf(at(spec, 'pyFiles')) || textOf(at(spec, 'sparkRFiles')) || 'spark-internal',
    ...listOf(at(spec, 'driverArgs')).map(String),
  ];
}

/** `spec.sparkConf` with what the operator sets where it is missing, and what it sets in any case. */
function configurationOf(application: JsonObject): Record<string, string> {
  const own = Object.fromEntries(
    Object.entries(objectOf(at(application, 'spec', 'sparkConf'))).map(([key, value]) => [key, String(value)]),
  );
  const labels = { [applicationLabel]: nameOf(application), ...operatorLabels };
  const labelled = ['driver.label', 'driver.service.label', 'executor.label'].flatMap((place) =>
    Object.entries(labels).map(([label, value]) => [`spark.kubernetes.${place}.${label}`, value]),
  );
  const isStatic = own['spark.dynamicAllocation.enabled'] !== 'true' && restartPolicyOf(application) === 'Never';
  return {
    'spark.master': `k8s://${API_SERVER}`,
    'spark.app.name': nameOf(application),
    'spark.authenticate': 'true',
    'spark.io.encryption.enabled': 'true',
    'spark.kubernetes.driver.annotateExitException': 'true',
    'spark.kubernetes.executor.useDriverPodIP': 'true',
    ...(isStatic ? { 'spark.kubernetes.executor.deleteOnTermination': 'false' } : {}),
    ...own,
    ...Object.fromEntries(labelled),
    'spark.kubernetes.namespace': namespaceOf(application),
    'spark.kubernetes.executor.podNamePrefix': applicationIdOf(application),
  };
}

const templateOf = (application: JsonObject, side: 'driverSpec' | 'executorSpec'): JsonObject =>
  objectOf(at(application, 'spec', side, 'podTemplateSpec'));

/** The application owns and controls its driver; executors belong to the driver alone. */
function driverTemplate(application: JsonObject): JsonObject {
  const template = templateOf(application, 'driverSpec');
  const owner = {
    apiVersion: 'spark.apache.org/v1',
    kind: 'SparkApplication',
    name: nameOf(application),
    uid: uidOf(application),
    controller: true,
    blockOwnerDeletion: true,
  };
  return { ...template, metadata: { ...metadataOf(template), ownerReferences: [owner] } };
}

function executorTemplate(application: JsonObject): { executorTemplate?: JsonObject } {
  const template = templateOf(application, 'executorSpec');
  return Object.keys(template).length === 0 ? {} : { executorTemplate: template };
}

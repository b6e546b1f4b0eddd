import { at, type JsonObject, listOf, nameOf, namespaceOf, objectOf, textOf } from '../../json.ts';

const forbiddenConf = [
  'spark.master',
  'spark.kubernetes.driver.master',
  'spark.kubernetes.container.image',
  'spark.kubernetes.driver.container.image',
  'spark.kubernetes.executor.container.image',
  'spark.kubernetes.authenticate.driver.serviceAccountName',
  'spark.kubernetes.authenticate.executor.serviceAccountName',
];

const sides = ['driver', 'executor'] as const;

/** Why the operator's validating webhook refuses an application (reference §5); null when it does not. */
export function refusalOf(application: JsonObject): string | null {
  const spec = objectOf(application.spec);
  const name = nameOf(application);
  if (name.length > 63 || !/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    return `invalid SparkApplication name "${name}": must be a DNS-1035 label of at most 63 characters`;
  }
  const templated = sides.some((side) => at(spec, side, 'template') !== undefined);
  if (templated && Number.parseInt(textOf(spec.sparkVersion), 10) < 3) {
    return 'pod template feature requires Spark version 3.0.0 or higher';
  }
  if (spec.nodeSelector !== undefined && sides.some((side) => at(spec, side, 'nodeSelector') !== undefined)) {
    return 'node selector cannot be defined at both SparkApplication and driver/executor level';
  }
  return ingressRefusal(spec) ?? confRefusal(application, objectOf(spec.sparkConf));
}

function ingressRefusal(spec: JsonObject): string | null {
  const options = listOf(spec.driverIngressOptions);
  const ports = options.map((option) => at(option, 'servicePort'));
  const formats = options.map((option) => textOf(at(option, 'ingressURLFormat')));
  if (ports.includes(undefined)) return 'DriverIngressConfiguration has nil ServicePort';
  if (formats.includes('')) return 'DriverIngressConfiguration has empty IngressURLFormat';
  if (new Set(ports).size < ports.length) return 'DriverIngressConfiguration has duplicate ServicePort';
  return new Set(formats).size < formats.length ? 'DriverIngressConfiguration has duplicate IngressURLFormat' : null;
}

function confRefusal(application: JsonObject, conf: JsonObject): string | null {
  const key = Object.keys(conf).find((one) => forbiddenConf.includes(one) || /oauthToken(File)?$/.test(one));
  if (key !== undefined) return `sparkConf key "${key}" is not allowed`;
  const namespace = conf['spark.kubernetes.namespace'];
  if (namespace === undefined || namespace === namespaceOf(application)) return null;
  return `sparkConf "spark.kubernetes.namespace" must be "${namespaceOf(application)}"`;
}

import { createHash } from 'node:crypto';
import { at, isObject, type JsonObject, nameOf, numberOf, textOf } from '../../json.ts';

export const GROUP = 'sparkoperator.k8s.io';
export const appNameLabel = `${GROUP}/app-name`;
export const submissionLabel = `${GROUP}/submission-id`;
export const launchedLabel = `${GROUP}/launched-by-spark-operator`;
export const scheduledLabel = `${GROUP}/scheduled-app-name`;

/** Who the operator is to the API server. */
export const OPERATOR = 'system:serviceaccount:spark-operator:spark-operator-controller';

const LONGEST = 63;
const UI_PORT = 4040;

const sparkConf = (application: JsonObject, key: string): string => textOf(at(application, 'spec', 'sparkConf', key));

/** `spec.driver.podName`, else the one in sparkConf, else `<name>-driver`; the same in every attempt. */
export function driverNameOf(application: JsonObject): string {
  const named =
    textOf(at(application, 'spec', 'driver', 'podName')) || sparkConf(application, 'spark.kubernetes.driver.pod.name');
  return named || `${nameOf(application)}-driver`;
}

/** `<name>-ui-svc`; what would not fit 63 letters is cut and ends with 8 hexadecimal digits of its own. */
export function uiServiceNameOf(application: JsonObject): string {
  const name = `${nameOf(application)}-ui-svc`;
  if (name.length <= LONGEST) return name;
  const digest = createHash('md5').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, LONGEST - digest.length - 1)}-${digest}`;
}

/** The port the UI listens on in the driver, and the one its service offers. */
export function uiPortsOf(application: JsonObject): { target: number; service: number; name: string } {
  const target = Number(sparkConf(application, 'spark.ui.port')) || UI_PORT;
  const options = at(application, 'spec', 'sparkUIOptions');
  const service = isObject(options) ? numberOf(options.servicePort, UI_PORT) : target;
  return { target, service, name: textOf(at(options, 'servicePortName')) || 'spark-driver-ui-port' };
}

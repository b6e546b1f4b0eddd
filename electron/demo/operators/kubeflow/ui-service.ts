import { at, type JsonObject, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../../json.ts';
import { appNameLabel, submissionLabel, uiPortsOf, uiServiceNameOf } from './names.ts';

/** The service the operator makes for the web UI of a run; labels of the user replace its own. */
export function uiService(application: JsonObject): JsonObject {
  const options = objectOf(at(application, 'spec', 'sparkUIOptions'));
  const ports = uiPortsOf(application);
  const own = { [appNameLabel]: nameOf(application), [submissionLabel]: textOf(at(application, 'status', 'submissionID')) };
  const { apiVersion = '', kind = '' } = application;
  const owner = { apiVersion, kind, name: nameOf(application), uid: uidOf(application) };
  const annotations = objectOf(options.serviceAnnotations);
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: uiServiceNameOf(application),
      namespace: namespaceOf(application),
      labels: options.serviceLabels === undefined ? own : objectOf(options.serviceLabels),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
    },
    spec: {
      type: textOf(options.serviceType) || 'ClusterIP',
      ports: [{ name: ports.name, protocol: 'TCP', port: ports.service, targetPort: ports.target }],
      selector: { 'spark-role': 'driver', [appNameLabel]: nameOf(application) },
    },
  };
}

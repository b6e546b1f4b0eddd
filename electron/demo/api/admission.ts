import { randomUUID } from 'node:crypto';
import { type JsonObject, metadataOf, nameOf, namespaceOf, objectOf, textOf, uidOf } from '../json.ts';
import { qosClassOf } from '../node/resources.ts';
import { withToken } from './admission/token.ts';
import { withTolerations } from './admission/tolerations.ts';
import { jobs, type Kind, namespaces, persistentVolumeClaims, pods, serviceAccounts, services } from './kinds.ts';
import { ApiError, detailsOf } from './status.ts';
import type { Store } from './store.ts';

let nextAddress = 10;

/** What the server's own plugins and strategies fill in or refuse on creation. Throws 403. */
export function admit(store: Store, kind: Kind, object: JsonObject): JsonObject {
  const metadata = metadataOf(object);
  if (kind === namespaces) {
    const labels = { ...objectOf(metadata.labels), 'kubernetes.io/metadata.name': nameOf(object) };
    return { ...object, metadata: { ...metadata, labels }, status: { phase: 'Active' } };
  }
  if (kind === services) return admitService(object);
  if (kind === jobs) return admitJob(object);
  if (kind === persistentVolumeClaims) {
    return { ...object, metadata: { ...metadata, finalizers: ['kubernetes.io/pvc-protection'] }, status: { phase: 'Pending' } };
  }
  if (kind === pods) return admitPod(store, object);
  return kind.status && !kind.custom ? { ...object, status: {} } : object;
}

function admitService(object: JsonObject): JsonObject {
  const spec = objectOf(object.spec);
  nextAddress += 1;
  const clusterIP = textOf(spec.clusterIP) || `10.96.${(nextAddress >> 8) & 255}.${nextAddress & 255}`;
  const family = { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
  return { ...object, spec: { ...family, ...spec, clusterIP, clusterIPs: [clusterIP] }, status: { loadBalancer: {} } };
}

/** A Job finds its pods by its own uid. */
function admitJob(object: JsonObject): JsonObject {
  const spec = objectOf(object.spec);
  const template = objectOf(spec.template);
  const uid = uidOf(object) || randomUUID();
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': nameOf(object),
    'controller-uid': uid,
    'job-name': nameOf(object),
  };
  const labelled = { ...metadataOf(template), labels: { ...objectOf(metadataOf(template).labels), ...labels } };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  const own = spec.manualSelector === true ? spec : { ...spec, selector, template: { ...template, metadata: labelled } };
  const metadata = metadataOf(object);
  const named = spec.manualSelector === true ? metadata : { ...metadata, labels: { ...objectOf(metadata.labels), ...labels } };
  return { ...object, metadata: { ...named, uid }, spec: own, status: {} };
}

function admitPod(store: Store, object: JsonObject): JsonObject {
  const spec = objectOf(object.spec);
  const account = textOf(spec.serviceAccountName) || 'default';
  const refuse = (why: string): ApiError =>
    new ApiError(403, 'Forbidden', `pods "${nameOf(object)}" is forbidden: ${why}`, detailsOf(pods, nameOf(object)));
  if (store.get(serviceAccounts, namespaceOf(object), account) === null) {
    throw refuse(`error looking up service account ${namespaceOf(object)}/${account}: serviceaccount "${account}" not found`);
  }
  const priorityClass = textOf(spec.priorityClassName);
  if (priorityClass !== '' && !priorityClass.startsWith('system-')) {
    throw refuse(`no PriorityClass with name ${priorityClass} was found`);
  }
  const filled = {
    ...spec,
    serviceAccountName: account,
    serviceAccount: account,
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
  };
  return { ...object, spec: withTolerations(withToken(filled)), status: { phase: 'Pending', qosClass: qosClassOf(object) } };
}

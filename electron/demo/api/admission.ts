import { randomBytes } from 'node:crypto';
import { isObject, type JsonObject, listOf, metadataOf, nameOf, namespaceOf, objectOf, textOf } from '../json.ts';
import { configMaps, type Kind, namespaces, pods, serviceAccounts, services } from './kinds.ts';
import { ApiError, type Cause, detailsOf } from './status.ts';
import type { Store } from './store.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is wrong with the name of a new object. */
export function nameCauses(name: string): Cause[] {
  if (name === '') {
    const message = 'Required value: name or generateName is required';
    return [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }];
  }
  if (subdomain.test(name) && name.length <= 253) return [];
  const message = `Invalid value: "${name}": ${name.length > 253 ? 'must be no more than 253 bytes' : subdomainRule}`;
  return [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }];
}

const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** The suffix the server puts behind `generateName`. */
export function generatedSuffix(): string {
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}

let nextAddress = 10;

/** What the server's own plugins fill in or refuse on creation. */
export function admit(store: Store, kind: Kind, object: JsonObject): JsonObject {
  const metadata = metadataOf(object);
  if (kind === namespaces) {
    const labels = { ...objectOf(metadata.labels), 'kubernetes.io/metadata.name': nameOf(object) };
    return {
      ...object,
      metadata: { ...metadata, labels },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
  }
  if (kind === services) {
    const spec = objectOf(object.spec);
    nextAddress += 1;
    const clusterIP = textOf(spec.clusterIP) || `10.96.${(nextAddress >> 8) & 255}.${nextAddress & 255}`;
    const defaults = { type: 'ClusterIP', sessionAffinity: 'None', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
    return {
      ...object,
      spec: { ...defaults, internalTrafficPolicy: 'Cluster', ...spec, clusterIP, clusterIPs: [clusterIP] },
      status: { loadBalancer: {} },
    };
  }
  return kind === pods ? admitPod(store, object) : object;
}

function admitPod(store: Store, object: JsonObject): JsonObject {
  const spec = objectOf(object.spec);
  const account = textOf(spec.serviceAccountName) || 'default';
  if (store.get(serviceAccounts, namespaceOf(object), account) === null) {
    const why = `error looking up service account ${namespaceOf(object)}/${account}: serviceaccount "${account}" not found`;
    throw new ApiError(403, 'Forbidden', `pods "${nameOf(object)}" is forbidden: ${why}`, detailsOf(pods, nameOf(object)));
  }
  const defaults = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
  const containers = listOf(spec.containers)
    .filter(isObject)
    .map((container) => ({
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: 'IfNotPresent',
      ...container,
    }));
  return {
    ...object,
    spec: { ...defaults, ...spec, containers, serviceAccountName: account, serviceAccount: account },
    status: { phase: 'Pending', qosClass: containers.some((one) => 'requests' in one.resources) ? 'Burstable' : 'BestEffort' },
  };
}

/** What controllers put into each new namespace. */
export function furnish(store: Store, namespace: string): void {
  const identity = (name: string) => ({ name, namespace });
  store.put(serviceAccounts, { kind: 'ServiceAccount', apiVersion: 'v1', metadata: identity('default') });
  store.put(configMaps, {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: identity('kube-root-ca.crt'),
    data: { 'ca.crt': '' },
  });
}

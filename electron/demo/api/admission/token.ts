import { randomBytes } from 'node:crypto';
import { at, isObject, type JsonObject, listOf } from '../../json.ts';

const PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A pod's spec with the volume by which its containers speak to the API server, unless it wants none. */
export function withToken(spec: JsonObject): JsonObject {
  if (spec.automountServiceAccountToken === false) return spec;
  const name = `kube-api-access-${randomBytes(3).toString('hex').slice(0, 5)}`;
  const mount = { name, readOnly: true, mountPath: PATH };
  const mounted = (list: JsonObject[]): JsonObject[] =>
    list.map((container) => {
      const mounts = listOf(container.volumeMounts);
      return mounts.some((one) => at(one, 'mountPath') === PATH) ? container : { ...container, volumeMounts: [...mounts, mount] };
    });
  const initContainers = listOf(spec.initContainers).filter(isObject);
  return {
    ...spec,
    volumes: [...listOf(spec.volumes), { name, projected: { sources: sources(), defaultMode: 420 } }],
    ...(initContainers.length === 0 ? {} : { initContainers: mounted(initContainers) }),
    containers: mounted(listOf(spec.containers).filter(isObject)),
  };
}

const sources = (): JsonObject[] => [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
];

import { z } from 'zod';
import type { Cluster } from '../../electron/clusters/index.ts';
import { failureOf, unique, until } from './target.ts';

export const applicationGroup = 'sparkoperator.k8s.io';
export const applicationsPath = (namespace: string): string =>
  `/apis/${applicationGroup}/v1beta2/namespaces/${namespace}/sparkapplications`;
export const corePath = (namespace: string, plural: string): string => `/api/v1/namespaces/${namespace}/${plural}`;

const owner = z.looseObject({ kind: z.string(), name: z.string(), uid: z.string(), controller: z.boolean().optional() });

const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    ownerReferences: z.array(owner).optional(),
  }),
  spec: z.looseObject({}).optional(),
  status: z.looseObject({}).optional(),
});

/** Any object of the API, as far as the suite looks into it. */
export type KubeObject = z.infer<typeof objectSchema>;
export const readObject = (body: unknown): KubeObject => objectSchema.parse(body);

const listSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    resourceVersion: z.string(),
    continue: z.string().optional(),
    remainingItemCount: z.number().optional(),
  }),
  items: z.array(objectSchema),
});

export const readList = (body: unknown): z.infer<typeof listSchema> => listSchema.parse(body);

/** A SparkApplication that does not run: it is suspended from the start. */
export function sleepingApplication(name: string, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: `${applicationGroup}/v1beta2`,
    kind: 'SparkApplication',
    metadata: { name },
    spec: {
      type: 'Scala',
      mode: 'cluster',
      sparkVersion: '3.5.7',
      suspend: true,
      mainApplicationFile: 'local:///opt/spark/jobs/jobs.jar',
      driver: { cores: 1 },
      executor: { instances: 1 },
      ...spec,
    },
  };
}

export const configMap = (name: string, labels: Record<string, string> = {}): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
  data: { key: 'value' },
});

/** Server-side apply as the product does it. */
export function apply(cluster: Cluster, path: string, body: unknown, query: Record<string, string> = {}) {
  return cluster.request({
    method: 'PATCH',
    path,
    query: { fieldManager: 'emberdeck', fieldValidation: 'Strict', ...query },
    body: JSON.stringify(body),
    contentType: 'application/apply-patch+yaml',
  });
}

/** A namespace of the suite's own, with its default ServiceAccount ready, and how to take it away with all that is in it. */
export async function ownNamespace(cluster: Cluster): Promise<{ namespace: string; remove(): Promise<void> }> {
  const namespace = unique('ns');
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  await cluster.request({ method: 'POST', path: '/api/v1/namespaces', body });
  await until('ServiceAccount default', 15, async () => {
    const found = cluster.request({ method: 'GET', path: `${corePath(namespace, 'serviceaccounts')}/default` });
    return found.catch(() => null);
  });
  return {
    namespace,
    async remove() {
      await cluster.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
    },
  };
}

/** Deletes an object and waits until it is gone; nothing happens when there is none. */
export async function removeNow(cluster: Cluster, path: string): Promise<void> {
  await cluster.request({ method: 'DELETE', path }).catch(() => undefined);
  await until(`${path} is gone`, 40, async () => {
    const failure = await failureOf(cluster.request({ method: 'GET', path })).catch(() => null);
    return failure?.code === 'not-found' ? failure : null;
  });
}

import { z } from 'zod';
import type { Cluster } from '../../electron/clusters/index.ts';
import { corePath, readObject } from './objects.ts';
import { until } from './target.ts';

/** Present on every node of both clusters. */
export const IMAGE = 'emberdeck.test/spark:3.5.7';

type Fields = Record<string, unknown>;

export const container = (name: string, script: string, more: Fields = {}): Fields => ({
  name,
  image: IMAGE,
  imagePullPolicy: 'Never',
  command: ['sh', '-c', script],
  ...more,
});

/** A pod that is not restarted and ends fast when it is deleted. */
export const podOf = (name: string, containers: Fields[], spec: Fields = {}): Fields => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers, ...spec },
});

const terminated = z.looseObject({ exitCode: z.number(), reason: z.string(), message: z.string().optional() });
const state = z.looseObject({
  waiting: z.looseObject({ reason: z.string(), message: z.string().optional() }).optional(),
  running: z.looseObject({ startedAt: z.string() }).optional(),
  terminated: terminated.optional(),
});
const status = z.looseObject({
  phase: z.string(),
  reason: z.string().optional(),
  podIP: z.string().optional(),
  conditions: z
    .array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() }))
    .default([]),
  containerStatuses: z
    .array(z.looseObject({ name: z.string(), state, lastState: state, ready: z.boolean(), restartCount: z.number() }))
    .default([]),
  initContainerStatuses: z.array(z.looseObject({ name: z.string(), state })).default([]),
});

export type PodStatus = z.infer<typeof status>;
export type PodState = z.infer<typeof state>;

export interface Event {
  reason: string;
  message: string;
  type: string;
  count: number;
  fieldPath: string;
}

const events = z.looseObject({
  items: z.array(
    z.looseObject({
      reason: z.string(),
      message: z.string(),
      type: z.string(),
      count: z.number().optional(),
      involvedObject: z.looseObject({ name: z.string(), fieldPath: z.string().optional() }),
    }),
  ),
});

/** What a spec asks about the pods of one namespace. */
export function podsIn(cluster: Cluster, namespace: string) {
  const path = corePath(namespace, 'pods');
  const statusOf = async (name: string): Promise<PodStatus> => {
    const { body } = await cluster.request({ method: 'GET', path: `${path}/${name}` });
    return status.parse(readObject(body).status);
  };
  return {
    path,
    statusOf,
    create: (pod: Fields) => cluster.request({ method: 'POST', path, body: pod }),
    log: async (name: string, query: Record<string, string | number | boolean> = {}): Promise<string> =>
      String((await cluster.request({ method: 'GET', path: `${path}/${name}/log`, query })).body),
    /** Waits for a status that `look` is content with. */
    once: (name: string, what: string, look: (found: PodStatus) => boolean, seconds = 50): Promise<PodStatus> =>
      until(`${name} ${what}`, seconds, async () => {
        const found = await statusOf(name);
        return look(found) ? found : null;
      }),
    events: async (name: string): Promise<Event[]> => {
      const { body } = await cluster.request({ method: 'GET', path: corePath(namespace, 'events') });
      return events
        .parse(body)
        .items.filter(({ involvedObject }) => involvedObject.name === name)
        .map(({ count = 1, involvedObject, message, reason, type }) => {
          return { count, message, reason, type, fieldPath: involvedObject.fieldPath ?? '' };
        });
    },
  };
}

/** The state of a pod's only container; empty before its kubelet knows it. */
export const stateOf = ({ containerStatuses }: PodStatus): PodState => containerStatuses[0]?.state ?? {};

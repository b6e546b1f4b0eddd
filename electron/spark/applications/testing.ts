import type { ApiObject, Resource, Subscriber, WatchCaches } from '../../watch/index.ts';

/** Watch caches driven by hand, for tests of what stands on them. */
export function scriptedCaches() {
  const subscribers = new Map<string, Set<Subscriber>>();
  const nameOf = ({ group, plural, fieldSelector = '' }: Resource) => `${group}/${plural}${fieldSelector}`;
  const caches: WatchCaches = {
    subscribe(_context, resource, subscriber) {
      const set = subscribers.get(nameOf(resource)) ?? new Set();
      subscribers.set(nameOf(resource), set.add(subscriber));
      return () => void set.delete(subscriber);
    },
    retryNow() {},
    restart() {},
    close() {},
  };
  const to = (name: string) => [...(subscribers.get(name) ?? [])];
  return {
    caches,
    open: () => [...subscribers.values()].reduce((sum, set) => sum + set.size, 0),
    names: () => [...subscribers.keys()],
    /** A first list: everything, then live. */
    list(name: string, objects: ApiObject[]) {
      for (const subscriber of to(name)) {
        subscriber.onChanges(
          objects.map((object) => ({ type: 'listed', object, at: 0 })),
          true,
        );
        subscriber.onFreshness({ state: 'live' });
      }
    },
    change(name: string, type: 'added' | 'modified' | 'deleted', object: ApiObject, at = 0) {
      for (const subscriber of to(name)) subscriber.onChanges([{ type, object, at }], false);
    },
    /** Forgets all, as when a context comes to mean another cluster or another user. */
    clear(name: string) {
      for (const subscriber of to(name)) {
        subscriber.onChanges([], true);
        subscriber.onFreshness({ state: 'loading', received: 0 });
      }
    },
    freshness(name: string, freshness: Parameters<Subscriber['onFreshness']>[0]) {
      for (const subscriber of to(name)) subscriber.onFreshness(freshness);
    },
  };
}

let versions = 0;

/** An object with what every object has. */
export function anObject(kind: string, apiVersion: string, name: string, rest: Record<string, unknown> = {}): ApiObject {
  const { metadata, ...fields } = rest;
  versions += 1;
  return {
    apiVersion,
    kind,
    metadata: {
      uid: `uid-${name}`,
      name,
      namespace: 'default',
      resourceVersion: String(versions),
      creationTimestamp: '2026-11-21T10:00:00Z',
      ...(typeof metadata === 'object' ? metadata : {}),
    },
    ...fields,
  };
}

/** A Kubeflow SparkApplication in a state. */
export function anApplication(name: string, state: string, spec: Record<string, unknown> = {}): ApiObject {
  return anObject('SparkApplication', 'sparkoperator.k8s.io/v1beta2', name, {
    spec: { executor: { instances: 2 }, ...spec },
    status: { applicationState: { state }, executionAttempts: 1 },
  });
}

/** A driver or executor pod with its container running, of a Kubeflow application or (null) of plain spark-submit. */
export function aPod(name: string, role: 'driver' | 'executor', application: string | null): ApiObject {
  const claim = application === null ? { 'spark-app-name': 'plain' } : { 'sparkoperator.k8s.io/app-name': application };
  const labels = { 'spark-role': role, 'spark-app-selector': `spark-${application ?? 'plain'}`, ...claim };
  return anObject('Pod', 'v1', name, {
    metadata: { labels: role === 'executor' ? { ...labels, 'spark-exec-id': name.slice(-1) } : labels },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: `spark-kubernetes-${role}`, state: { running: { startedAt: '2026-11-21T10:00:05Z' } } }],
    },
  });
}

import { pods } from '../../api/kinds.ts';
import type { Store } from '../../api/store.ts';
import { type JsonObject, labelsOf, nameOf, namespaceOf, textOf } from '../../json.ts';
import { appNameLabel, launchedLabel, submissionLabel } from './names.ts';

/** The pods of every application, by their labels: what the operator's cache holds. */
export interface RunPods {
  /** Executor pods in `namespace` of application `name` that carry this submission's id. */
  executors(namespace: string, name: string, submission: string): JsonObject[];
  close(): void;
}

const none: ReadonlyMap<string, JsonObject> = new Map();

/** Null for a pod that no operator launched. */
export const applicationKeyOf = (pod: JsonObject): string | null => {
  const labels = labelsOf(pod);
  return labels[launchedLabel] === 'true' ? `${namespaceOf(pod)}/${textOf(labels[appNameLabel])}` : null;
};

export function indexRunPods(store: Store): RunPods {
  const byApplication = new Map<string, Map<string, JsonObject>>();
  const put = (pod: JsonObject): void => {
    const key = applicationKeyOf(pod);
    if (key === null) return;
    const those = byApplication.get(key) ?? new Map<string, JsonObject>();
    byApplication.set(key, those.set(nameOf(pod), pod));
  };
  for (const pod of store.list(pods, null)) put(pod);
  const close = store.subscribe(({ before, kind, object, type }) => {
    if (kind !== pods) return;
    const earlier = before === null ? null : applicationKeyOf(before);
    if (earlier !== null) {
      const those = byApplication.get(earlier);
      those?.delete(nameOf(object));
      if (those?.size === 0) byApplication.delete(earlier);
    }
    if (type !== 'DELETED') put(object);
  });
  return {
    executors: (namespace, name, submission) =>
      [...(byApplication.get(`${namespace}/${name}`) ?? none).values()].filter((pod) => {
        const labels = labelsOf(pod);
        return labels[submissionLabel] === submission && labels['spark-role'] === 'executor';
      }),
    close,
  };
}

import { eventKind, resourceQuotas } from '../api/kinds.ts';
import { printQuantity, zero } from '../api/quantity.ts';
import { at, type JsonObject, namespaceOf, objectOf, same } from '../json.ts';
import type { World } from '../world.ts';
import { usageOf } from './quota-usage.ts';

/** Keeps `status.hard` and `status.used` of every ResourceQuota true. Many changes at once in a namespace are counted once. */
export function startQuotas(world: World): () => void {
  const { store, time } = world;
  const stale = new Set<string>();

  const count = (namespace: string): void => {
    stale.delete(namespace);
    if (time.ended()) return;
    const quotas = store.list(resourceQuotas, namespace);
    if (quotas.length === 0) return;
    const usage = usageOf(world, namespace);
    for (const quota of quotas) {
      const hard = objectOf(at(quota, 'spec', 'hard'));
      const used: JsonObject = {};
      for (const name of Object.keys(hard)) used[name] = printQuantity(usage[name] ?? zero);
      if (!same(quota.status, { hard, used })) store.put(resourceQuotas, { ...quota, status: { hard, used } });
    }
  };
  return store.subscribe(({ kind, object }) => {
    const namespace = namespaceOf(object);
    if (namespace === '' || kind === eventKind || stale.has(namespace)) return;
    stale.add(namespace);
    setImmediate(count, namespace);
  });
}

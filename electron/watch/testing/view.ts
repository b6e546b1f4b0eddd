import type { Freshness } from '../../../shared/contract/freshness.ts';
import type { ApiObject, Change, Subscriber } from '../resource.ts';

/** What a subscriber knows when it believes all it is told. */
export interface View extends Subscriber {
  objects: Map<string, ApiObject>;
  batches: { changes: readonly Change[]; reset: boolean }[];
  told: Freshness[];
  /** Things no subscriber should ever be told. */
  faults: string[];
  /** uid → resourceVersion. */
  versions(): Record<string, string>;
  readonly freshness: Freshness['state'] | 'nothing';
}

/** A subscriber that keeps all it is told and checks that it makes sense. */
export function createView(): View {
  const objects = new Map<string, ApiObject>();
  const batches: View['batches'] = [];
  const told: Freshness[] = [];
  const faults: string[] = [];
  return {
    objects,
    batches,
    told,
    faults,
    versions: () => Object.fromEntries([...objects].map(([uid, { metadata }]) => [uid, metadata.resourceVersion])),
    get freshness() {
      return told.at(-1)?.state ?? 'nothing';
    },
    onChanges(changes, reset) {
      if (batches.length === 0 && !reset) faults.push('the first batch is no reset');
      if (reset) objects.clear();
      batches.push({ changes, reset });
      for (const { type, object } of changes) {
        const before = objects.get(object.metadata.uid);
        if ((type === 'modified' || type === 'deleted') && !before) faults.push(`${type} of the unknown ${object.metadata.uid}`);
        if ((type === 'added' || type === 'listed') && before) faults.push(`${type} of the known ${object.metadata.uid}`);
        if (type === 'modified' && before?.metadata.resourceVersion === object.metadata.resourceVersion)
          faults.push('modified to itself');
        if ('managedFields' in object.metadata) faults.push('managedFields');
        if (type === 'deleted') objects.delete(object.metadata.uid);
        else objects.set(object.metadata.uid, object);
      }
    },
    onFreshness(freshness) {
      told.push(freshness);
    },
  };
}

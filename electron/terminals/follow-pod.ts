import type { Freshness } from '../../shared/contract/freshness.ts';
import type { TerminalTarget } from '../../shared/contract/terminals.ts';
import type { ApiObject, WatchCaches } from '../watch/index.ts';

/** One pod, as far as it is known. A pod that is made anew under the same name is another one. */
export type FollowedPod =
  | { pod: 'unknown'; freshness: Freshness }
  | { pod: 'absent' }
  | { pod: 'present'; object: ApiObject }
  /** `object` is its last state. */
  | { pod: 'gone'; object: ApiObject };

/** Follows a pod by its name until the returned function is called; what comes after `gone` is told as `present` again. */
export function followPod(caches: WatchCaches, target: TerminalTarget, tell: (pod: FollowedPod) => void): () => void {
  const { context, namespace, pod: name } = target;
  const resource = { group: '', version: 'v1', plural: 'pods', namespace, fieldSelector: `metadata.name=${name}` };
  let last: ApiObject | null = null;
  let isThere = false;
  const leave = (): void => {
    if (last !== null && !isThere) tell({ pod: 'gone', object: last });
  };
  return caches.subscribe(context, resource, {
    onChanges(changes, reset) {
      if (reset) isThere = false;
      for (const { type, object } of changes) {
        if (last !== null && last.metadata.uid !== object.metadata.uid) {
          if (type === 'deleted') continue;
          isThere = false;
          leave();
        }
        last = object;
        isThere = type !== 'deleted';
        if (isThere) tell({ pod: 'present', object });
        else leave();
      }
    },
    onFreshness(freshness) {
      if (isThere) return;
      if (freshness.state !== 'live') tell({ pod: 'unknown', freshness });
      else if (last === null) tell({ pod: 'absent' });
      else leave();
    },
  });
}

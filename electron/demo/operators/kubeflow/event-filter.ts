import { pods, sparkApplications } from '../../api/kinds.ts';
import type { Change } from '../../api/store.ts';
import { at, type JsonObject, labelsOf, nameOf, namespaceOf, objectOf, same, textOf } from '../../json.ts';
import { submissionLabel } from './names.ts';
import { applicationKeyOf } from './run-pods.ts';

/** What the operator looks at in a write. */
export type Write = Pick<Change, 'before' | 'kind' | 'object' | 'type'>;

/** The application a change wakes the operator for, as `namespace/name`; null when it lets it pass. `live` finds an application by that key. */
export function wokenBy(change: Write, live: (key: string) => JsonObject | null): string | null {
  const { before, kind, object, type } = change;
  if (kind === sparkApplications) return type === 'DELETED' ? null : `${namespaceOf(object)}/${nameOf(object)}`;
  if (kind !== pods) return null;
  const phase = (pod: JsonObject | null): string => textOf(at(pod ?? undefined, 'status', 'phase'));
  // Of a pod's life only creation, deletion and changes of the phase count.
  if (type === 'MODIFIED' && phase(before) === phase(object)) return null;
  const key = applicationKeyOf(object);
  const submission = labelsOf(object)[submissionLabel];
  if (key === null || submission === undefined) return null;
  return at(live(key) ?? undefined, 'status', 'submissionID') === submission ? key : null;
}

/** Whether a write edited the spec so that the run has to start over: `suspend` and `timeToLiveSeconds` are taken as they come. */
export function invalidates({ before, kind, object, type }: Write): boolean {
  if (kind !== sparkApplications || type !== 'MODIFIED') return false;
  const relevant = (application: JsonObject): JsonObject => {
    const { suspend: _, timeToLiveSeconds: _life, ...spec } = objectOf(application.spec);
    return spec;
  };
  return !same(relevant(before ?? {}), relevant(object));
}

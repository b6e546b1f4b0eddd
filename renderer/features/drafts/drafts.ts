import type { Draft } from '../../../shared/contract/drafts.ts';

/** Drafts, the one last saved first. */
export function latestFirst(drafts: readonly Draft[]): Draft[] {
  return drafts.toSorted((one, other) => other.savedAt - one.savedAt || (one.id < other.id ? -1 : 1));
}

/** Where a draft would be submitted: `prod-eu / analytics`. */
export function whereOf({ context, namespace }: Pick<Draft, 'context' | 'namespace'>): string {
  if (context === null) return 'no context yet';
  return namespace === null ? context : `${context} / ${namespace}`;
}

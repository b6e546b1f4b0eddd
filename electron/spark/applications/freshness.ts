import type { Freshness } from '../../../shared/contract/freshness.ts';

/**
 * How far a list made of several watches can be trusted: as far as the worst of those that are not refused. Refused only when
 * all are, then with the first one's reason.
 */
export function worstOf(all: readonly Freshness[]): Freshness {
  const usable = all.filter((each) => each.state !== 'refused');
  if (usable.length === 0) return all[0] ?? { state: 'loading', received: 0 };
  const stale = usable.filter((each) => each.state === 'stale').sort((a, b) => a.since - b.since)[0];
  if (stale) return stale;
  const loading = usable.filter((each) => each.state === 'loading');
  if (loading.length === 0) return { state: 'live' };
  return { state: 'loading', received: loading.reduce((sum, each) => sum + each.received, 0) };
}

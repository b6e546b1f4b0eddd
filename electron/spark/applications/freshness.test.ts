import { expect, it } from 'vitest';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import { worstOf } from './freshness.ts';

const live: Freshness = { state: 'live' };
const loading = (received: number): Freshness => ({ state: 'loading', received });
const stale = (since: number): Freshness => ({
  state: 'stale',
  since,
  retryAt: null,
  failure: { code: 'unreachable', server: 'https://x', reason: 'reset' },
});
const refused: Freshness = { state: 'refused', failure: { code: 'kind-absent', group: 'g', kind: 'K' } };

it.each<[string, Freshness[], Freshness]>([
  ['nothing yet', [], loading(0)],
  ['all live', [live, live], live],
  ['one refused does not spoil the others', [refused, live], live],
  ['all refused', [refused, refused], refused],
  ['one still loading', [live, loading(3), loading(4)], loading(7)],
  ['the earliest loss counts, even while another loads', [stale(20), loading(1), stale(10), live], stale(10)],
])('%s', (_name, all, expected) => expect(worstOf(all)).toEqual(expected));

import { expect, test } from 'vitest';
import type { Connection } from '../../../shared/contract/clusters.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import { formatClock } from '../../ui/time.ts';
import { indicate } from './indicator.ts';

const now = 1_700_000_000_000;
const lost = { code: 'unreachable', server: 'https://10.0.0.1:6443', reason: 'ECONNREFUSED' } as const;
const out = { code: 'unauthorised', server: 'https://10.0.0.1:6443', message: '' } as const;
const connected: Connection = { state: 'connected', since: 0, version: 'v1.34.1' };
const connecting: Connection = { state: 'connecting', since: 0 };
const unreachable: Connection = { state: 'unreachable', failure: lost, retryAt: now + 4_000 };
const signedOut: Connection = { state: 'unauthorised', failure: out, retryAt: now + 4_000 };
const live: Freshness = { state: 'live' };
const loading: Freshness = { state: 'loading', received: 0 };
const stale: Freshness = { state: 'stale', since: now - 60_000, retryAt: now + 4_500, failure: lost };
const staleText = `stale since ${formatClock(now - 60_000)}`;

test.each<[Freshness | null, Connection | null, string | null]>([
  [live, connected, '● live'],
  [null, connected, '● connected'],
  [loading, connected, '◌ loading'],
  [null, connecting, '◌ connecting'],
  [loading, connecting, '◌ connecting'],
  [stale, connected, `◐ ${staleText} · retrying in 4 s`],
  [stale, unreachable, `◐ ${staleText} · retrying in 4 s`],
  [{ ...stale, retryAt: now }, unreachable, `◐ ${staleText} · retrying`],
  [{ ...stale, retryAt: null }, connected, `◐ ${staleText}`],
  [stale, signedOut, '○ signed out'],
  [loading, unreachable, '○ unreachable · retrying in 4 s'],
  [null, signedOut, '○ signed out'],
  [{ state: 'refused', failure: out }, connected, '○ signed out'],
  [{ state: 'refused', failure: lost }, connected, '○ refused'],
  [null, null, null],
])('%j over %j', (freshness, connection, expected) => {
  const told = indicate(freshness, connection, null, now);
  expect(told && `${told.glyph} ${told.text}`).toBe(expected);
});

test.each<[Freshness | null, Connection | null, string | null]>([
  [live, connected, `stale since ${formatClock(now - 9_000)}`],
  [stale, unreachable, staleText],
  [null, connected, `stale since ${formatClock(now - 9_000)}`],
  [null, null, null],
])('without a backend %j over %j is not live', (freshness, connection, expected) => {
  expect(indicate(freshness, connection, now - 9_000, now)?.text ?? null).toBe(expected);
});

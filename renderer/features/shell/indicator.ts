import type { Connection } from '../../../shared/contract/clusters.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';
import type { Failure } from '../../../shared/failure.ts';
import { formatClock, formatDuration } from '../../ui/time.ts';

/** How the header says how far the data on screen can be trusted. */
export interface Indication {
  glyph: '●' | '◐' | '○' | '◌';
  tone: 'good' | 'waiting' | 'bad';
  text: string;
  /** Told on hover, and why there is something to press. */
  failure: Failure | null;
}

function retrying(retryAt: number | null, now: number): string {
  if (retryAt === null) return '';
  const left = retryAt - now;
  return left < 1_000 ? ' · retrying' : ` · retrying in ${formatDuration(left)}`;
}

function ofConnection(connection: Connection, now: number): Indication | null {
  switch (connection.state) {
    case 'connecting':
      return { glyph: '◌', tone: 'waiting', text: 'connecting', failure: null };
    case 'unreachable':
      return { glyph: '○', tone: 'bad', text: `unreachable${retrying(connection.retryAt, now)}`, failure: connection.failure };
    case 'unauthorised':
      return { glyph: '○', tone: 'bad', text: 'signed out', failure: connection.failure };
    case 'forbidden':
      return { glyph: '○', tone: 'bad', text: 'forbidden', failure: connection.failure };
    case 'connected':
      return null;
  }
}

/**
 * What to say of the page's freshness (null: the page shows nothing of a cluster) over a connection (null: none yet). Data that
 * was on screen and is growing old comes before a connection that is bad: "stale since" tells more. Without a backend since
 * `lostSince` nothing is live, whatever was last heard.
 */
export function indicate(
  freshness: Freshness | null,
  connection: Connection | null,
  lostSince: number | null,
  now: number,
): Indication | null {
  if (lostSince !== null && (freshness || connection)) {
    const since = freshness?.state === 'stale' ? freshness.since : lostSince;
    return { glyph: '◐', tone: 'waiting', text: `stale since ${formatClock(since)}`, failure: { code: 'backend-lost' } };
  }
  const bad = connection && connection.state !== 'connecting' ? ofConnection(connection, now) : null;
  if (freshness?.state === 'stale' && bad?.text !== 'signed out') {
    const text = `stale since ${formatClock(freshness.since)}${retrying(freshness.retryAt, now)}`;
    return { glyph: '◐', tone: 'waiting', text, failure: freshness.failure };
  }
  if (bad) return bad;
  if (freshness?.state === 'live') return { glyph: '●', tone: 'good', text: 'live', failure: null };
  if (freshness?.state === 'refused') {
    const signedOut = freshness.failure.code === 'unauthorised';
    return { glyph: '○', tone: 'bad', text: signedOut ? 'signed out' : 'refused', failure: freshness.failure };
  }
  if (freshness?.state === 'loading' && connection?.state === 'connected') {
    return { glyph: '◌', tone: 'waiting', text: 'loading', failure: null };
  }
  if (connection?.state === 'connected') return { glyph: '●', tone: 'good', text: 'connected', failure: null };
  return connection ? ofConnection(connection, now) : null;
}

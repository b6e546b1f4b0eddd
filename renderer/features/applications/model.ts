import type { ApplicationRow, ApplicationsBatch } from '../../../shared/contract/applications.ts';
import type { Freshness } from '../../../shared/contract/freshness.ts';

/** Everything known of one scope's applications. */
export interface Applications {
  rows: ReadonlyMap<string, ApplicationRow>;
  /** uids seen before the last reset and not since: kept on screen until the list is whole again, so that nothing flashes. */
  unconfirmed: ReadonlySet<string>;
  freshness: Freshness;
  unseen: ApplicationsBatch['unseen'];
  /** Whether the list was ever whole: before that there is nothing that could grow stale. */
  wasWhole: boolean;
}

/** Nothing is known yet. */
export const NO_APPLICATIONS: Applications = {
  rows: new Map(),
  unconfirmed: new Set(),
  freshness: { state: 'loading', received: 0 },
  unseen: [],
  wasWhole: false,
};

/** What is known after one more batch. */
export function applyBatch(before: Applications, batch: ApplicationsBatch): Applications {
  const rows = new Map(before.rows);
  const unconfirmed = new Set(batch.reset ? before.rows.keys() : before.unconfirmed);
  for (const row of batch.changed) {
    rows.set(row.uid, row);
    unconfirmed.delete(row.uid);
  }
  for (const uid of batch.gone) {
    rows.delete(uid);
    unconfirmed.delete(uid);
  }
  // The list is whole, or refused altogether: what it did not name is gone. While stale, what was there is all we have.
  if (batch.freshness.state === 'live' || batch.freshness.state === 'refused') {
    for (const uid of unconfirmed) rows.delete(uid);
    unconfirmed.clear();
  }
  const { freshness, unseen } = batch;
  return { rows, unconfirmed, freshness, unseen, wasWhole: before.wasWhole || freshness.state === 'live' };
}

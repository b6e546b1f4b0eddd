import { describe, expect, test } from 'vitest';
import type { ApplicationRow, ApplicationsBatch } from '../../../shared/contract/applications.ts';
import { type Applications, applyBatch, NO_APPLICATIONS } from './model.ts';

const row = (uid: string, more: Partial<ApplicationRow> = {}): ApplicationRow => ({
  uid,
  operator: 'kubeflow',
  namespace: 'analytics',
  name: uid,
  state: { phase: 'running', word: 'RUNNING', why: null },
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  attempts: 1,
  attemptsMost: 1,
  executors: { running: 1, total: 2 },
  ...more,
});
const batch = (more: Partial<ApplicationsBatch>): ApplicationsBatch => ({
  reset: false,
  changed: [],
  gone: [],
  freshness: { state: 'live' },
  unseen: [],
  ...more,
});
const applied = (...batches: ApplicationsBatch[]): Applications => batches.reduce(applyBatch, NO_APPLICATIONS);
const uids = (applications: Applications) => [...applications.rows.keys()];
const loading = { state: 'loading', received: 1 } as const;

test('rows come, change and go by uid', () => {
  const first = batch({ reset: true, changed: [row('a'), row('b')] });
  const second = batch({ changed: [row('b', { attempts: 2 })], gone: ['a'] });
  const applications = applied(first, second);
  expect(uids(applications)).toEqual(['b']);
  expect(applications.rows.get('b')?.attempts).toBe(2);
});

test('an application made anew under its old name is another row', () => {
  const applications = applied(
    batch({ reset: true, changed: [row('a', { name: 'orders' })] }),
    batch({ gone: ['a'], changed: [row('b', { name: 'orders' })] }),
  );
  expect(uids(applications)).toEqual(['b']);
});

describe('after a reset', () => {
  const before = batch({ reset: true, changed: [row('a'), row('b')] });

  test('old rows stay until the list is whole', () => {
    const half = applied(before, batch({ reset: true, changed: [row('a')], freshness: loading }));
    expect(uids(half)).toEqual(['a', 'b']);
    expect(uids(applyBatch(half, batch({})))).toEqual(['a']);
  });

  test('a whole list replaces them at once', () => {
    expect(uids(applied(before, batch({ reset: true, changed: [row('c')] })))).toEqual(['c']);
  });

  test('a refusal removes them', () => {
    const freshness = { state: 'refused', failure: { code: 'unauthorised', server: 's', message: '' } } as const;
    expect(uids(applied(before, batch({ reset: true, freshness })))).toEqual([]);
  });

  test('they stay while the connection is lost', () => {
    const freshness = { state: 'stale', since: 1, retryAt: 2, failure: { code: 'backend-lost' } } as const;
    expect(uids(applied(before, batch({ reset: true, freshness })))).toEqual(['a', 'b']);
  });
});

test('what was whole once stays known as such; a cluster that never answered was never whole', () => {
  const freshness = { state: 'stale', since: 1, retryAt: 2, failure: { code: 'backend-lost' } } as const;
  expect(applied(batch({ reset: true, freshness })).wasWhole).toBe(false);
  expect(applied(batch({ reset: true, freshness: loading })).wasWhole).toBe(false);
  expect(applied(batch({ reset: true }), batch({ reset: true, freshness })).wasWhole).toBe(true);
});

test('the state before is left as it was', () => {
  const before = applied(batch({ reset: true, changed: [row('a')] }));
  applyBatch(before, batch({ gone: ['a'] }));
  expect(uids(before)).toEqual(['a']);
});

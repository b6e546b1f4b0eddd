import { expect, test } from 'vitest';
import type { ApplicationsBatch } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Scope } from '../shell/index.ts';
import { createApplications } from './store.ts';

interface Opened {
  scope: Scope;
  value(batch: Partial<ApplicationsBatch>): void;
  fail(failure: Failure): void;
  signal: AbortSignal;
}

function world() {
  const opened: Opened[] = [];
  const applications = createApplications((scope, heard, signal) => {
    const base: ApplicationsBatch = { reset: false, changed: [], gone: [], freshness: { state: 'live' }, unseen: [] };
    opened.push({ scope, value: (batch) => heard.onValue({ ...base, ...batch }), fail: heard.onFailure, signal });
  });
  return { ...applications, opened };
}

test('another scope ends the one before and begins empty', () => {
  const { store, show, opened } = world();
  show({ context: 'dev', namespace: 'a' });
  opened[0]?.value({ reset: true });
  expect(store.getState().applications.freshness.state).toBe('live');
  show({ context: 'dev', namespace: null });
  expect(opened.map(({ scope, signal }) => [scope.namespace, signal.aborted])).toEqual([
    ['a', true],
    [null, false],
  ]);
  expect(store.getState().applications.freshness).toEqual({ state: 'loading', received: 0 });
});

test('the same scope again changes nothing', () => {
  const { show, opened } = world();
  show({ context: 'dev', namespace: 'a' });
  show({ context: 'dev', namespace: 'a' });
  expect(opened).toHaveLength(1);
});

test('no scope follows nothing', () => {
  const { store, show, opened } = world();
  show({ context: 'dev', namespace: 'a' });
  show(null);
  expect(opened.map(({ signal }) => signal.aborted)).toEqual([true]);
  expect(store.getState().scope).toBeNull();
});

test('a stream that ends badly leaves a refusal with its reason', () => {
  const { store, show, opened } = world();
  show({ context: 'dev', namespace: 'a' });
  opened[0]?.fail({ code: 'context-unknown', context: 'dev' });
  expect(store.getState().applications.freshness).toEqual({
    state: 'refused',
    failure: { code: 'context-unknown', context: 'dev' },
  });
});

import { describe, expect, test } from 'vitest';
import { createCache } from './cache.ts';
import type { ApiObject, Subscriber } from './resource.ts';
import { silentLog } from './testing/harness.ts';
import { createView } from './testing/view.ts';

function object(uid: string, resourceVersion: string, more: Record<string, unknown> = {}): ApiObject {
  return { metadata: { uid, name: uid, resourceVersion, creationTimestamp: '2026-01-01T00:00:00Z' }, ...more };
}

function cacheOf(...objects: ApiObject[]) {
  const cache = createCache((whole) => whole, silentLog);
  cache.begin();
  cache.page(objects, 1);
  cache.finish(1);
  return cache;
}

describe('a cache', () => {
  test('keeps of each object what the projection keeps', () => {
    const cache = createCache(({ metadata, status }) => ({ metadata, status }), silentLog);
    const view = createView();
    cache.join(view, 0);
    cache.begin();
    cache.page([object('a', '1', { spec: 'large', status: 'small' })], 1);
    cache.finish(1);
    cache.apply([{ type: 'changed', object: object('b', '2', { spec: 'large' }) }], 2);
    expect([...view.objects.values()].map((kept) => 'spec' in kept)).toEqual([false, false]);
    expect(view.objects.get('a')?.status).toBe('small');
  });

  test('takes none of a batch over when one cannot be projected', () => {
    const cache = createCache((whole) => {
      if (whole.metadata.uid === 'bad') throw new Error('no pod');
      return whole;
    }, silentLog);
    const view = createView();
    cache.join(view, 0);
    const good = { type: 'changed', object: object('good', '1') } as const;
    expect(() => cache.apply([good, { type: 'changed', object: object('bad', '2') }], 1)).toThrow('no pod');
    expect(cache.size).toBe(0);
    cache.apply([good], 2);
    expect(view.versions()).toEqual({ good: '1' });
  });

  test('keeps the order of events, gives them the time of arrival, and drops what it has already', () => {
    const cache = cacheOf(object('a', '1'));
    const view = createView();
    cache.join(view, 5);
    cache.apply(
      [
        { type: 'changed', object: object('a', '1') },
        { type: 'changed', object: object('a', '2') },
        { type: 'deleted', object: object('a', '3') },
        { type: 'deleted', object: object('a', '3') },
        { type: 'changed', object: object('a', '4') },
      ],
      9,
    );
    expect(
      view.batches.at(-1)?.changes.map(({ type, at, object: { metadata } }) => [type, metadata.resourceVersion, at]),
    ).toEqual([
      ['modified', '2', 9],
      ['deleted', '3', 9],
      ['added', '4', 9],
    ]);
  });

  test('a later list that changed nothing tells nothing', () => {
    const cache = cacheOf(object('a', '1'));
    const view = createView();
    cache.join(view, 5);
    cache.begin();
    cache.page([object('a', '1')], 6);
    cache.finish(6);
    expect(view.batches).toHaveLength(1);
  });

  test('an empty list is told too: there is nothing, and not just nothing yet', () => {
    const cache = createCache((whole) => whole, silentLog);
    const view = createView();
    cache.join(view, 0);
    expect(view.batches).toEqual([]);
    cache.begin();
    cache.page([], 1);
    cache.finish(1);
    expect(view.batches).toEqual([{ changes: [], reset: true }]);
  });

  test('who joins in the middle of the first list gets the pages so far, then the others', () => {
    const cache = createCache((whole) => whole, silentLog);
    cache.begin();
    cache.page([object('a', '1')], 1);
    const view = createView();
    cache.join(view, 2);
    cache.page([object('b', '1')], 3);
    cache.finish(3);
    expect(view.batches.map(({ changes, reset }) => [changes.length, reset])).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  test('a subscriber that forgets everything from inside a batch leaves no one with half of it', () => {
    const cache = cacheOf(object('a', '1'));
    let armed = false;
    const forgetful: Subscriber = {
      onChanges: () => {
        if (!armed) return;
        armed = false;
        cache.clear();
      },
      onFreshness: () => {},
    };
    cache.join(forgetful, 2);
    const view = createView();
    cache.join(view, 2);
    armed = true;
    cache.apply([{ type: 'changed', object: object('b', '2') }], 3);
    expect(view.objects.size).toBe(0);
    expect(cache.size).toBe(0);
  });

  test('who joins from inside a batch sees each change once', () => {
    const cache = cacheOf(object('a', '1'));
    const view = createView();
    let joined = false;
    cache.join(
      {
        onChanges: () => {
          if (!joined && cache.size === 2) {
            joined = true;
            cache.join(view, 3);
          }
        },
        onFreshness: () => {},
      },
      2,
    );
    cache.apply([{ type: 'changed', object: object('b', '2') }], 3);
    expect(view.versions()).toEqual({ a: '1', b: '2' });
    expect(view.faults).toEqual([]);
    expect(view.batches).toHaveLength(1);
  });
});

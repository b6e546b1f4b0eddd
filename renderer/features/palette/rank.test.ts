import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from './actions.ts';
import { byGroup, rankActions, score } from './rank.ts';

const action = (title: string, group = 'Test'): Action => ({ id: title, title, group, run() {} });
const titles = (query: string, ...actions: Action[]) => rankActions(actions, query, 10).map(({ title }) => title);

describe('score', () => {
  test.each([
    ['Delete orders-daily', 'orders', 'xorders and more'],
    ['Open settings', 'sett', 'some extra titles'],
    ['prod-eu', 'prod', 'reproduce'],
  ])('%s fits %j better than %s', (better, query, worse) => {
    expect(score(better, query) ?? -1).toBeGreaterThan(score(worse, query) ?? -1);
  });
  test('characters out of order do not fit', () => expect(score('settings', 'gnis')).toBeNull());
  test('every text fits itself', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => score(text, text) !== null));
  });
});

describe('rankActions', () => {
  test('the best comes first, what does not fit is left out', () => {
    expect(titles('set', action('Use dataset'), action('Settings'), action('Back'))).toEqual(['Settings', 'Use dataset']);
  });
  test('scattered characters count only where nothing holds the query as it stands', () => {
    expect(titles('orders', action('recommend or deliver s'), action('orders-daily'))).toEqual(['orders-daily']);
    expect(titles('ordly', action('recommend'), action('orders-daily'))).toEqual(['orders-daily']);
  });
  test('a group helps to find its things', () => {
    expect(titles('context prod', action('prod-eu', 'Context'), action('prod', 'Namespace'))).toEqual(['prod-eu']);
  });
  test('an empty query has what concerns the page first', () => {
    const here = { ...action('delete'), here: true };
    expect(titles('', action('b'), here, action('a'))).toEqual(['delete', 'b', 'a']);
    expect(titles('b', action('b'), { ...action('back'), here: true })).toEqual(['b', 'back']);
  });
  test('an empty query keeps the order and the limit', () => {
    expect(rankActions([action('b'), action('a'), action('c')], ' ', 2).map(({ title }) => title)).toEqual(['b', 'a']);
  });
});

test('groups stand in the order they first come', () => {
  const groups = byGroup([action('a', 'Go to'), action('b', 'View'), action('c', 'Go to')]);
  expect(groups.map(([group, actions]) => [group, actions.map(({ id }) => id)])).toEqual([
    ['Go to', ['a', 'c']],
    ['View', ['b']],
  ]);
});

import { expect, test } from 'vitest';
import { latestFirst, whereOf } from './drafts.ts';

test('the draft last saved comes first', () => {
  const draft = (id: string, savedAt: number) => ({ id, savedAt, title: id, context: null, namespace: null, text: '' });
  const drafts = [draft('b', 1), draft('a', 1), draft('c', 2)];
  expect(latestFirst(drafts).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});

test.each([
  [null, null, 'no context yet'],
  ['dev', null, 'dev'],
  ['dev', 'analytics', 'dev / analytics'],
])('%s and %s: %s', (context, namespace, where) => expect(whereOf({ context, namespace })).toBe(where));

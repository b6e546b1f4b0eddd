import { expect, test } from 'vitest';
import { createCollection } from './collection.ts';

const filled = (...keys: string[]) => {
  const collection = createCollection();
  for (const key of keys) collection.set(key, { key });
  return collection;
};
const keys = (entries: { key: string }[]) => entries.map(({ key }) => key);

test('keeps the order of keys, whatever the order of arrival', () => {
  const collection = filled('b/2', 'a/9', 'b/1', 'a-b/5', 'a/10');
  expect(keys(collection.entries(null))).toEqual(['a-b/5', 'a/10', 'a/9', 'b/1', 'b/2']);
});

test('a namespace is one stretch, and none of its neighbours', () => {
  const collection = filled('a/1', 'a/2', 'a-b/1', 'a0/1', 'b/1');
  expect(keys(collection.entries('a'))).toEqual(['a/1', 'a/2']);
  expect(keys(collection.entries('missing'))).toEqual([]);
});

test('starts where a page ended', () => {
  const collection = filled('a/1', 'a/2', 'a/3', 'b/1');
  expect(keys(collection.entries('a', 'a/2\0'))).toEqual(['a/3']);
  expect(keys(collection.entries(null, 'a/2\0'))).toEqual(['a/3', 'b/1']);
});

test('replaces and deletes', () => {
  const collection = filled('a/1', 'a/2');
  collection.set('a/1', { new: true });
  collection.delete('a/2');
  collection.delete('a/2');
  expect(collection.entries(null)).toEqual([{ key: 'a/1', object: { new: true } }]);
  expect(collection.get('a/2')).toBeNull();
});

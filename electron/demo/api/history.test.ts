import { expect, test } from 'vitest';
import { type Change, createHistory } from './history.ts';
import { configMaps, type Kind, pods } from './kinds.ts';

const change = (version: number, kind: Kind = pods, bytes = 10): Change => ({
  version,
  type: 'MODIFIED',
  kind,
  object: { metadata: { name: 'x', namespace: 'default' } },
  before: null,
  text: 'x'.repeat(bytes),
});
const versions = (changes: Change[] | null) => changes?.map(({ version }) => version) ?? null;

test('tells the changes of a kind after a version', () => {
  const history = createHistory({ changes: 100, bytes: 10_000 }, 300);
  for (let version = 301; version <= 310; version += 1) history.add(change(version, version % 2 === 0 ? pods : configMaps));
  expect(versions(history.since(pods, 300))).toEqual([302, 304, 306, 308, 310]);
  expect(versions(history.since(pods, 305))).toEqual([306, 308, 310]);
  expect(versions(history.since(configMaps, 309))).toEqual([]);
  expect(versions(history.since(pods, 299))).toBeNull();
});

test('forgets the oldest beyond so many changes, and a quiet kind keeps its own', () => {
  const history = createHistory({ changes: 3, bytes: 10_000 }, 300);
  history.add(change(301));
  for (const version of [302, 303, 304]) history.add(change(version));
  expect([history.oldest(pods), history.oldest(configMaps)]).toEqual([301, 300]);
  expect(versions(history.since(pods, 300))).toBeNull();
  expect(versions(history.since(pods, 301))).toEqual([302, 303, 304]);
  expect(versions(history.since(configMaps, 300))).toEqual([]);
});

test('forgets the oldest beyond so many bytes', () => {
  const history = createHistory({ changes: 100, bytes: 100 }, 300);
  for (const version of [301, 302, 303]) history.add(change(version, pods, 40));
  expect(versions(history.since(pods, 301))).toEqual([302, 303]);
  expect(versions(history.since(pods, 300))).toBeNull();
});

test('stays right when thousands were forgotten', () => {
  const history = createHistory({ changes: 50, bytes: 1_000_000 }, 300);
  for (let version = 301; version <= 10_000; version += 1) history.add(change(version));
  expect(history.oldest(pods)).toBe(9_950);
  expect(versions(history.since(pods, 9_997))).toEqual([9_998, 9_999, 10_000]);
  history.forget(10_000);
  expect(versions(history.since(pods, 9_999))).toBeNull();
  history.add(change(10_001));
  expect(versions(history.since(pods, 10_000))).toEqual([10_001]);
});

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { podSchema } from '../schemas/pod.ts';
import { strategicMerge } from './strategic.ts';

const live: JsonObject = {
  metadata: { finalizers: ['a', 'b'], labels: { x: '1' } },
  spec: {
    nodeSelector: { zone: 'one' },
    tolerations: [{ key: 'old' }],
    containers: [
      {
        name: 'a',
        image: 'i',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'b', image: 'j', args: ['x', 'y'] },
    ],
  },
};
const merged = (patch: JsonObject): JsonObject => strategicMerge(live, patch, podSchema);
const containers = (...list: JsonObject[]): JsonObject => ({ spec: { containers: list } });

describe('a list with a key', () => {
  test('merges item by item, deeply', () => {
    const { spec } = merged(
      containers({
        name: 'a',
        env: [
          { name: 'B', $patch: 'delete' },
          { name: 'C', value: '3' },
        ],
      }),
    );
    expect(spec).toMatchObject({
      containers: [{ name: 'a', image: 'i', env: [{ name: 'C' }, { name: 'A' }] }, { name: 'b' }],
    });
  });

  test('puts what is new first, and keeps what only the server has before the next both have', () => {
    const names = (patch: JsonObject) => JSON.stringify(merged(patch).spec).match(/"name":"[a-z]"/g);
    expect(names(containers({ name: 'n' }))).toEqual(['"name":"n"', '"name":"a"', '"name":"b"']);
    expect(names(containers({ name: 'b' }))).toEqual(['"name":"a"', '"name":"b"']);
  });

  test('is replaced whole, or put in order, when the patch says so', () => {
    const replaced = merged(containers({ $patch: 'replace' }, { name: 'z', image: 'k' }));
    expect(replaced.spec).toMatchObject({ containers: [{ name: 'z', image: 'k' }] });
    const ordered = merged({
      spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }], containers: [{ name: 'a' }] },
    });
    expect(ordered.spec).toMatchObject({ containers: [{ name: 'b' }, { name: 'a' }] });
  });
});

test('a list without a key and a list of words inside an item are replaced', () => {
  const { spec } = merged({ spec: { tolerations: [{ key: 'new' }], containers: [{ name: 'b', args: ['z'] }] } });
  expect(spec).toMatchObject({ tolerations: [{ key: 'new' }], containers: [{ name: 'a' }, { name: 'b', args: ['z'] }] });
});

test('a set takes words in and gives words up', () => {
  expect(merged({ metadata: { finalizers: ['c'] } }).metadata).toMatchObject({ finalizers: ['c', 'a', 'b'] });
  const less = merged({ metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } });
  expect(less.metadata).toMatchObject({ finalizers: ['b'] });
});

test('a map is replaced, emptied or reduced to chosen keys', () => {
  expect(merged({ metadata: { labels: { $patch: 'replace', y: '2' } } }).metadata).toMatchObject({ labels: { y: '2' } });
  expect(merged({ spec: { nodeSelector: { $patch: 'delete' } } }).spec).toMatchObject({ nodeSelector: {} });
  expect(merged({ metadata: { labels: { $retainKeys: ['y'], y: '2' } } }).metadata).toMatchObject({ labels: { y: '2' } });
  expect(merged({ metadata: { labels: null } }).metadata).not.toHaveProperty('labels');
});

test('the object itself stays as it was', () => {
  const before = structuredClone(live);
  merged(containers({ name: 'a', image: 'other' }));
  expect(live).toEqual(before);
});

test('an item without its key is refused', () => {
  expect(() => merged(containers({ image: 'i' }))).toThrow('map: map[image:i] does not contain declared merge key: name');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { field, listAt, numberAt, recordAt, textAt } from './json.ts';

const pod = { metadata: { name: 'pi', labels: { a: 'b' } }, status: { counts: [1, { x: 2 }], empty: '' } };

test('reads what is there', () => {
  expect(textAt(pod, 'metadata', 'name')).toBe('pi');
  expect(numberAt(pod, 'status', 'counts', 1, 'x')).toBe(2);
  expect(listAt(pod, 'status', 'counts')).toHaveLength(2);
  expect(recordAt(pod, 'metadata', 'labels')).toEqual({ a: 'b' });
});

test('reads the wrong shape as absent', () => {
  expect(textAt(pod, 'status', 'empty')).toBeNull();
  expect(textAt(pod, 'metadata')).toBeNull();
  expect(numberAt({ a: Number.NaN }, 'a')).toBeNull();
  expect(listAt(pod, 'metadata')).toEqual([]);
  expect(recordAt(pod, 'status', 'counts')).toEqual({});
  expect(field(pod, 'metadata', 'constructor')).toBeUndefined();
  expect(field(pod, 'metadata', '__proto__', 'toString')).toBeUndefined();
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.oneof(fc.string(), fc.nat())), (value, path) => {
      field(value, ...path);
      expect(Array.isArray(listAt(value, ...path))).toBe(true);
    }),
  );
});

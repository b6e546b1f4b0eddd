import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { applied } from './apply.ts';
import { leavesOf, managersOf, pathText } from './fields.ts';

const writer = (manager: string) =>
  ({ manager, operation: 'Apply', subresource: '', apiVersion: 'v1', time: '2026-01-01T00:00:00Z' }) as const;

const spec = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer(), { minKeys: 1 })),
);
const object = spec.map((value): JsonObject => ({ metadata: { name: 'n' }, spec: { kept: true, ...value } }));

test('one manager alone always gets exactly what it applied last', () => {
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), (patches) => {
      let live: JsonObject | null = null;
      for (const patch of patches) live = applied(live, patch, writer('one'), false);
      expect(live?.spec).toEqual(patches.at(-1)?.spec);
      const owned = managersOf(live ?? {}).flatMap((manager) => manager.fields.map(pathText));
      expect(owned.sort()).toEqual(
        leavesOf(patches.at(-1) ?? {})
          .map(pathText)
          .sort(),
      );
    }),
  );
});

test('what two managers agree on stays until both leave it out', () => {
  const both: JsonObject = { spec: { shared: 1 } };
  const first = applied(applied(null, both, writer('one'), false), both, writer('two'), false);
  const less = applied(first, { spec: { own: 2 } }, writer('one'), false);
  expect(less.spec).toEqual({ shared: 1, own: 2 });
  expect(applied(less, { spec: { other: 3 } }, writer('two'), false).spec).toEqual({ own: 2, other: 3 });
});

test('several conflicts are listed by manager', () => {
  const live = applied(null, { spec: { a: 1, b: 1 } }, writer('one'), false);
  expect(() => applied(live, { spec: { a: 2, b: 2 } }, writer('two'), false)).toThrow(
    'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.a\n- .spec.b',
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, type JsonObject } from '../../json.ts';
import { configMapSchema } from '../schemas/core.ts';
import { podSchema } from '../schemas/pod.ts';
import { applied } from './apply.ts';
import { leavesOf, managersOf, updatedManagers, withManagers } from './fields.ts';
import { pathText } from './paths.ts';

const writer = (manager: string) =>
  ({ manager, operation: 'Apply', subresource: '', apiVersion: 'v1', time: '2026-01-01T00:00:00Z' }) as const;
const apply = (live: JsonObject | null, patch: JsonObject, manager: string, force = false): JsonObject =>
  applied(live, patch, podSchema, writer(manager), force);

const spec = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer(), { minKeys: 1 })),
);
const object = spec.map((value): JsonObject => ({ metadata: { name: 'n' }, spec: { kept: true, ...value } }));

test('one manager alone always gets exactly what it applied last', () => {
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), (patches) => {
      let live: JsonObject | null = null;
      for (const patch of patches) live = apply(live, patch, 'one');
      expect(live?.spec).toEqual(patches.at(-1)?.spec);
      const owned = managersOf(live ?? {}).flatMap((manager) => manager.fields.map(pathText));
      const leaves = leavesOf(patches.at(-1) ?? {}, podSchema).map(pathText);
      expect(owned.sort()).toEqual(leaves.sort());
    }),
  );
});

test('what two managers agree on stays until both leave it out', () => {
  const both: JsonObject = { spec: { shared: 1 } };
  const first = apply(apply(null, both, 'one'), both, 'two');
  const less = apply(first, { spec: { own: 2 } }, 'one');
  expect(less.spec).toEqual({ shared: 1, own: 2 });
  expect(apply(less, { spec: { other: 3 } }, 'two').spec).toEqual({ own: 2, other: 3 });
});

test('several conflicts are listed by manager', () => {
  const live = apply(null, { spec: { a: 1, b: 1 } }, 'one');
  expect(() => apply(live, { spec: { a: 2, b: 2 } }, 'two')).toThrow(
    'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.a\n- .spec.b',
  );
});

test('what is taken by force belongs to who took it, and to nobody else', () => {
  const first = apply(null, { spec: { a: 1, b: 1 } }, 'one');
  const taken = apply(first, { spec: { a: 2 } }, 'two', true);
  expect(managersOf(taken).map(({ manager, fields }) => [manager, ...fields.map(pathText)])).toEqual([
    ['one', '.spec.b'],
    ['two', '.spec.a'],
  ]);
  expect(apply(taken, { spec: { a: 3 } }, 'two').spec).toEqual({ a: 3, b: 1 });
  expect(() => apply(taken, { spec: { a: 1, b: 1 } }, 'one')).toThrow('conflict with "two": .spec.a');
});

const pod = (...containers: JsonObject[]): JsonObject => ({ spec: { containers } });
const variable = (name: string, value: string): JsonObject => ({ name, value });

test('a list with keys is merged item by item, and each manager takes away its own', () => {
  const first = apply(null, pod({ name: 'x', image: 'i', env: [variable('A', '1')] }), 'one');
  const second = apply(first, pod({ name: 'x', env: [variable('B', '2')] }, { name: 'y', image: 'j' }), 'two');
  expect(second.spec).toEqual(
    at(pod({ name: 'x', image: 'i', env: [variable('A', '1'), variable('B', '2')] }, { name: 'y', image: 'j' }), 'spec'),
  );
  const third = apply(second, pod({ name: 'x' }), 'two');
  expect(third.spec).toEqual(at(pod({ name: 'x', image: 'i', env: [variable('A', '1')] }), 'spec'));
});

test('conflicts in lists name the item, plain fields first', () => {
  const live = apply(null, pod({ name: 'x', env: [variable('A', '1')], image: 'i' }), 'one');
  expect(() => apply(live, pod({ name: 'x', env: [variable('A', '2')], image: 'j' }), 'two')).toThrow(
    '- .spec.containers[name="x"].image\n- .spec.containers[name="x"].env[name="A"].value',
  );
  const forced = apply(live, pod({ name: 'x', image: 'j' }), 'two', true);
  expect(forced.spec).toEqual(at(pod({ name: 'x', env: [variable('A', '1')], image: 'j' }), 'spec'));
});

test('ports are found by number and protocol, which is TCP where none is said', () => {
  const live = apply(null, pod({ name: 'x', ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }] }), 'one');
  const both = apply(
    live,
    pod({
      name: 'x',
      ports: [
        { containerPort: 80, hostPort: 1 },
        { containerPort: 80, protocol: 'UDP' },
      ],
    }),
    'two',
  );
  expect(at(both, 'spec', 'containers')).toEqual([
    {
      name: 'x',
      ports: [
        { containerPort: 80, protocol: 'TCP', name: 'web', hostPort: 1 },
        { containerPort: 80, protocol: 'UDP' },
      ],
    },
  ]);
});

test('words of a set and owners are added and taken away one by one', () => {
  const of = (manager: string, live: JsonObject | null, metadata: JsonObject): JsonObject =>
    applied(live, { metadata }, configMapSchema, writer(manager), false);
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'q', uid: 'u1' };
  const first = of('one', null, { finalizers: ['a.b/c'], ownerReferences: [owner] });
  const second = of('two', first, { finalizers: ['a.b/d'] });
  expect(at(second, 'metadata', 'finalizers')).toEqual(['a.b/c', 'a.b/d']);
  expect(at(second, 'metadata', 'managedFields')).toMatchObject([
    { fieldsV1: { 'f:metadata': { 'f:finalizers': { 'v:"a.b/c"': {} }, 'f:ownerReferences': { 'k:{"uid":"u1"}': {} } } } },
    { fieldsV1: { 'f:metadata': { 'f:finalizers': { 'v:"a.b/d"': {} } } } },
  ]);
  const third = of('one', second, {});
  expect(third.metadata).toEqual({ finalizers: ['a.b/d'], managedFields: [expect.objectContaining({ manager: 'two' })] });
});

test('whoever updates a field owns it alone', () => {
  const live = apply(null, pod({ name: 'x', image: 'i' }), 'one');
  const after = pod({ name: 'x', image: 'j' });
  const updated = withManagers(after, updatedManagers(live, after, podSchema, { ...writer('editor'), operation: 'Update' }));
  expect(() => apply(updated, pod({ name: 'x', image: 'i' }), 'one')).toThrow(
    'Apply failed with 1 conflict: conflict with "editor" using v1: .spec.containers[name="x"].image',
  );
});

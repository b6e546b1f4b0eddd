import { expect, test } from 'vitest';
import { at, type JsonObject } from '../json.ts';
import { createSharing } from './sharing.ts';

const container = (): JsonObject => ({
  name: 'spark',
  image: 'registry.example.com/spark:3.5.7',
  resources: { limits: { cpu: 1.5, memory: null, 'a "quoted" key': 'ä\n' } },
  args: ['executor', true],
});
const pod = (name: string): JsonObject => ({
  metadata: { name, labels: { 'spark-app-name': 'orders' } },
  spec: { hostname: name, containers: [container()] },
});

test('gives what it was given', () => {
  expect(JSON.stringify(createSharing()(pod('one'), null))).toBe(JSON.stringify(pod('one')));
});

test('equal parts of different objects become one', () => {
  const share = createSharing();
  const one = share(pod('one'), null);
  const two = share(pod('two'), null);
  expect(two).toEqual(pod('two'));
  expect(at(two, 'spec', 'containers')).toBe(at(one, 'spec', 'containers'));
  expect(at(two, 'metadata', 'labels')).toBe(at(one, 'metadata', 'labels'));
});

test('parts that only look alike stay what they are', () => {
  const alike: JsonObject[] = [
    { a: 'x1"y', b: 'some length' },
    { a: 'x', y: 'some length' },
    { a: ['1', '2', 'some length'] },
    { a: [1, 2, 'some length'] },
    { a: ['12', 'some length'] },
    { a: { b: 'some length' }, c: {} },
    { a: { b: 'some length', c: {} } },
    { a: null, b: 'null', c: 'some length' },
  ];
  const share = createSharing();
  for (const part of alike) expect(share({ spec: { part } }, null)).toEqual({ spec: { part } });
});

test('what is met now and then is remembered through thousands of others', () => {
  const share = createSharing();
  const containers = at(share(pod('first'), null), 'spec', 'containers');
  for (let number = 0; number < 20_000; number += 1) {
    const object = share(number % 500 === 0 ? pod(`pod-${number}`) : { metadata: { labels: { name: `other-${number}` } } }, null);
    if (number % 500 === 0) expect(at(object, 'spec', 'containers')).toBe(containers);
  }
});

test('leaves what it was given, and what did not change, as it is', () => {
  const share = createSharing();
  const first = share(pod('one'), null);
  const given = Object.freeze({ ...first, status: Object.freeze({ phase: 'Running' }) });
  const second = share(given, first);
  expect(at(second, 'spec', 'containers')).toBe(at(first, 'spec', 'containers'));
  expect(second.status).toEqual({ phase: 'Running' });
});

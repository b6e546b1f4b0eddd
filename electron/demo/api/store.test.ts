import { afterEach, expect, test } from 'vitest';
import { nameOf } from '../json.ts';
import { createTime } from '../time.ts';
import { configMaps } from './kinds.ts';
import { createStore } from './store.ts';

const time = createTime(1);
afterEach(() => time.close());

const named = (name: string) => ({ metadata: { namespace: 'default', name } });

test('everyone hears of the writes in the order of their versions, also of those that a listener makes', () => {
  const store = createStore(time);
  const heard: string[][] = [[], []];
  for (const mine of heard) {
    store.subscribe(({ object, version }) => {
      mine.push(`${version} ${nameOf(object)}`);
      if (nameOf(object) !== 'first' || store.get(configMaps, 'default', 'second') !== null) return;
      store.put(configMaps, named('second'));
      store.put(configMaps, named('third'));
    });
  }
  store.put(configMaps, named('first'));
  const base = store.version() - 3;
  const expected = ['first', 'second', 'third'].map((name, index) => `${base + 1 + index} ${name}`);
  expect(heard).toEqual([expected, expected]);
});

test('a listener that fails does not silence the store', () => {
  const store = createStore(time);
  const heard: string[] = [];
  const stop = store.subscribe(() => {
    throw new Error('broken');
  });
  store.subscribe(({ object }) => void heard.push(nameOf(object)));
  expect(() => store.put(configMaps, named('first'))).toThrow('broken');
  stop();
  store.put(configMaps, named('second'));
  expect(heard).toEqual(['second']);
});

import { afterEach, expect, test } from 'vitest';
import { createWaits, type Waits } from './waits.ts';

let waits: Waits = createWaits();
afterEach(() => {
  waits.close();
  waits = createWaits();
});

/** Keeps the process from everything else for so many milliseconds. */
const block = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the shorter wait returns first, and of two alike the one that began first', async () => {
  const order: string[] = [];
  const wait = (name: string, milliseconds: number) => waits.wait(milliseconds).then(() => order.push(name));
  await Promise.all([wait('long', 20), wait('one', 5), wait('other', 5), wait('at once', 0)]);
  expect(order).toEqual(['at once', 'one', 'other', 'long']);
});

test('it lasts as long as it is told', async () => {
  const begun = performance.now();
  await waits.wait(30);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(30);
});

test('what follows from the first wait comes before the end of a later one, also when the process was held up over both', async () => {
  const order: string[] = [];
  const chain = (async () => {
    await waits.wait(10);
    order.push('first');
    await turn();
    await turn();
    await waits.wait(10);
    order.push('what follows');
  })();
  const later = waits.wait(40).then(() => order.push('later'));
  block(100);
  await Promise.all([chain, later]);
  expect(order).toEqual(['first', 'what follows', 'later']);
});

test('a pause of the process is no time', async () => {
  const wait = waits.wait(10);
  const distant = waits.wait(50);
  block(200);
  await wait;
  const begun = performance.now();
  await distant;
  expect(performance.now() - begun).toBeGreaterThan(30);
});

test('none returns after the end', async () => {
  const returned: string[] = [];
  void waits.wait(1).then(() => returned.push('before'));
  waits.close();
  void waits.wait(1).then(() => returned.push('after'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(returned).toEqual([]);
});

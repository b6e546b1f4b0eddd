import { expect, test } from 'vitest';
import { addQuantities, compareQuantities, parseQuantity, printQuantity, type Quantity, zero } from './quantity.ts';

const read = (text: string): Quantity => parseQuantity(text) ?? zero;

test.each([
  ['250m', '250m'],
  ['0.5', '500m'],
  ['1', '1'],
  ['1000m', '1'],
  ['2000', '2k'],
  ['2Gi', '2Gi'],
  ['2048Mi', '2Gi'],
  ['1408Mi', '1408Mi'],
  ['512Ki', '512Ki'],
  ['1.5Gi', '1536Mi'],
  ['300M', '300M'],
  ['1e3', '1k'],
  ['100n', '1m'],
  ['1000Ei', '1000Ei'],
  ['0', '0'],
])('%s is written %s', (text, canonical) => {
  expect(printQuantity(read(text))).toBe(canonical);
});

test.each(['', 'one', '1 Gi', '1gi', '.', '--1', '1K'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeNull();
});

test('a sum keeps the form of what was there first, and is exact', () => {
  expect(printQuantity(addQuantities(zero, read('1500Mi')))).toBe('1500Mi');
  expect(printQuantity(addQuantities(read('1500Mi'), read('700Mi')))).toBe('2200Mi');
  expect(printQuantity(addQuantities(read('100m'), read('200m')))).toBe('300m');
});

test('is ordered by its amount, not by its text', () => {
  expect(compareQuantities(read('900m'), read('1'))).toBeLessThan(0);
  expect(compareQuantities(read('1Gi'), read('1G'))).toBeGreaterThan(0);
  expect(compareQuantities(read('1024Mi'), read('1Gi'))).toBe(0);
});

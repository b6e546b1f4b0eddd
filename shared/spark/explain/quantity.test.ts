import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalQuantity } from './quantity.ts';

test.each([
  ['20Gi', '20Gi'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['2000Mi', '2000Mi'],
  ['0.5Ki', '512'],
  ['0.5', '500m'],
  ['1500m', '1500m'],
  ['1000M', '1G'],
  ['1073741824', '1073741824'],
  ['0', '0'],
  ['0Gi', '0'],
  ['+1', '1'],
  ['-1024Ki', '-1Mi'],
  ['1e3', '1e3'],
  ['1E', '1E'],
  ['100E3', '100e3'],
  ['0.0000000001', '1n'],
  ['much', 'much'],
  ['1e999999999', '1e999999999'],
  ['', ''],
])('%s is printed as %s', (text, printed) => {
  expect(canonicalQuantity(text)).toBe(printed);
});

test('what is printed is printed the same again', () => {
  const number = fc.oneof(
    fc.tuple(fc.nat(), fc.constantFrom('Ki', 'Mi', 'Gi', 'Ti')),
    fc.tuple(fc.nat(), fc.nat(999), fc.constantFrom('', 'm', 'k', 'M', 'G')).map(([a, b, unit]) => [`${a}.${b}`, unit]),
  );
  fc.assert(
    fc.property(number, ([amount, unit]) => {
      const once = canonicalQuantity(`${amount}${unit}`);
      expect(canonicalQuantity(once)).toBe(once);
    }),
  );
});

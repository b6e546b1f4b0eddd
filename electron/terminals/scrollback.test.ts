import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createScrollback } from './scrollback.ts';

it('keeps the newest bytes, whatever comes in whatever pieces', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), pieces, fc.nat(400), fc.nat(300), (limit, given, from, most) => {
      const scrollback = createScrollback(limit);
      for (const piece of given) scrollback.push(piece);
      const all = Buffer.concat(given);
      expect(scrollback.end()).toBe(all.length);
      expect(scrollback.start()).toBe(Math.max(0, all.length - limit));
      const first = Math.max(from, scrollback.start());
      expect(scrollback.slice(from, most).equals(all.subarray(first, Math.max(first, first + most)))).toBe(true);
    }),
  );
});

it('grows to its limit and no further', () => {
  const scrollback = createScrollback(200_000);
  const bytes = Buffer.from(Array.from({ length: 150_000 }, (_, index) => index % 251));
  for (let start = 0; start < bytes.length; start += 1000) scrollback.push(bytes.subarray(start, start + 1000));
  expect(scrollback.slice(0, 200_000).equals(bytes)).toBe(true);
  for (let start = 0; start < bytes.length; start += 1000) scrollback.push(bytes.subarray(start, start + 1000));
  expect(scrollback.start()).toBe(100_000);
  expect(scrollback.slice(0, 300_000).equals(Buffer.concat([bytes, bytes]).subarray(100_000))).toBe(true);
});

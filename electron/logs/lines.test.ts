import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader } from './lines.ts';

const split = (text: string, cuts: number[], limit = 1 << 20): string[] => {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  const reader = createLineReader(limit);
  const lines = [...places, bytes.length].flatMap((end, index) => reader.push(bytes.subarray(places[index - 1] ?? 0, end)));
  const rest = reader.rest();
  return rest === null ? lines : [...lines, rest];
};

describe('a line reader', () => {
  it('gives the same lines however the bytes are cut, empty and indented ones and split characters included', () => {
    const lines = fc.array(fc.stringMatching(/^[^\r\n]*$/u), { maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(500), { maxLength: 20 }), (texts, cuts) => {
        const clean = texts.map((text) => Buffer.from(text).toString());
        expect(split(clean.map((text) => `${text}\n`).join(''), cuts)).toEqual(clean);
      }),
    );
  });
  it.each([
    ['an unfinished last line', 'a\nb', ['a', 'b']],
    ['lines of Windows', 'a\r\nb\r\n', ['a', 'b']],
    ['nothing', '', []],
  ])('reads %s', (_, text, lines) => {
    expect(split(text, [1])).toEqual(lines);
  });
  it('gives a line without an end in pieces', () => {
    expect(split('abcdefgh\ni', [], 3)).toEqual(['abc', 'def', 'gh', 'i']);
  });
});

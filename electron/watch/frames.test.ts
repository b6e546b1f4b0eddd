import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameReader } from './frames.ts';

describe('frame reader', () => {
  test('finds the same lines however the bytes are cut', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => JSON.stringify(text));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.array(fc.nat({ max: 40 }), { maxLength: 60 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const reader = createFrameReader(10_000);
        const read: string[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          // The sender's buffer is used again after each read.
          const chunk = Uint8Array.from(bytes.subarray(from, from + cut));
          read.push(...reader.push(chunk));
          chunk.fill(0);
          from += cut;
        }
        expect(read).toEqual(lines);
      }),
    );
  });

  test('leaves out empty lines and carriage returns, and holds back a line without its end', () => {
    const reader = createFrameReader(100);
    expect(reader.push(Buffer.from('\n\r\na\r\nb'))).toEqual(['a']);
    expect(reader.push(Buffer.from('\n'))).toEqual(['b']);
  });

  test.each([
    ['in one chunk', ['123456\n']],
    ['over several chunks', ['123', '456', '\n']],
    ['with its end in the last chunk', ['12345', '6\n']],
  ])('refuses a line over the limit %s', (_, chunks) => {
    const reader = createFrameReader(5);
    expect(() => {
      for (const chunk of chunks) reader.push(Buffer.from(chunk));
    }).toThrow(RangeError);
  });

  test('takes a line of exactly the limit', () => {
    expect(createFrameReader(5).push(Buffer.from('12345\n'))).toEqual(['12345']);
  });
});

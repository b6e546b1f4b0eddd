import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPosition, readStamped, type StampedLine } from './stamped.ts';

describe('readStamped', () => {
  it.each([
    ['2026-11-21T12:00:01.123456789Z hello', '2026-11-21T12:00:01.123456789Z', 123.456789, 'hello'],
    ['2026-11-21T14:00:01.5+02:00   indented', '2026-11-21T14:00:01.5+02:00', 500, '  indented'],
    ['2026-11-21T12:00:01Z', '2026-11-21T12:00:01Z', 0, ''],
    ['2026-11-21T12:00:01.1Z ', '2026-11-21T12:00:01.1Z', 100, ''],
  ])('%s', (line, stamp, fraction, text) => {
    const found = readStamped(line);
    expect(found).toMatchObject({ stamp, text });
    expect(found?.at).toBeCloseTo(Date.UTC(2026, 10, 21, 12, 0, 1) + fraction, 3);
  });
  it.each(['', 'failed to try resolving symlinks in path', '2026-13-41T99:00:00Z x', '26/11/21 12:00:01 INFO'])(
    'no stamp: %s',
    (line) => {
      expect(readStamped(line)).toBeNull();
    },
  );
});

describe('a position in a log', () => {
  const line = (milliseconds: number, text: string): StampedLine => {
    const stamp = new Date(Date.UTC(2026, 10, 21) + milliseconds).toISOString();
    return { stamp, at: Date.parse(stamp), text };
  };

  it('asks for the second of the last line', () => {
    const position = newPosition();
    expect(position.since()).toBeNull();
    position.take(line(1999, 'a'));
    expect(position.since()).toBe('2026-11-21T00:00:01Z');
  });

  it('loses nothing and doubles nothing, wherever the connection breaks', () => {
    const gaps = fc.array(fc.constantFrom(0, 0, 1, 400, 700), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.array(fc.nat(59), { maxLength: 8 }), (steps, breaks) => {
        let at = 0;
        const log = steps.map((gap, index) => {
          at += gap;
          return line(at, `${index}`);
        });
        const position = newPosition();
        const seen: string[] = [];
        let written = 0;
        for (const more of [...breaks, log.length]) {
          written = Math.min(log.length, written + more);
          const since = position.since();
          position.resume();
          for (const entry of log.slice(0, written)) {
            if (since !== null && entry.at < Date.parse(since)) continue;
            if (position.take(entry)) seen.push(entry.text);
          }
        }
        expect(seen).toEqual(log.map(({ text }) => text));
      }),
    );
  });

  it('takes lines of a clock that was set back, and resumes after them', () => {
    const position = newPosition();
    expect([line(5000, 'a'), line(2000, 'b')].map((entry) => position.take(entry))).toEqual([true, true]);
    expect(position.since()).toBe('2026-11-21T00:00:05Z');
  });
});

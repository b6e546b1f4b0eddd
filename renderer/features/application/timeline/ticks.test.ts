import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticksOf } from './ticks.ts';

const noon = Date.UTC(2026, 10, 21, 12, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('ticksOf', () => {
  it.each([
    ['ten seconds', 10_000, 0, ['12:00:00', '12:00:01', '12:00:02']],
    ['two minutes', 2 * MINUTE, 0, ['12:00:00', '12:00:10', '12:00:20']],
    ['eight minutes', 8 * MINUTE, 0, ['12:00', '12:01', '12:02']],
    ['a zone to the east', 8 * MINUTE, 5.5 * HOUR, ['17:30', '17:31', '17:32']],
    ['a day and a half, with midnight as a date', 37 * HOUR, 0, ['12:00', '15:00', '18:00', '21:00', '22 Nov']],
    ['weeks', 12 * 24 * HOUR, 0, ['22 Nov', '23 Nov', '24 Nov']],
  ])('%s', (_name, length, offset, first) => {
    const ticks = ticksOf({ from: noon, to: noon + length }, 1_100, offset);
    expect(ticks.slice(0, first.length).map((tick) => tick.label)).toEqual(first);
  });

  it('falls on round hours of the person’s clock, whatever the zone', () => {
    const ticks = ticksOf({ from: noon, to: noon + 48 * HOUR }, 800, 2 * HOUR);
    expect(ticks.every((tick) => ((tick.at + 2 * HOUR) / HOUR) % 6 === 0)).toBe(true);
  });

  it('never stands closer than a label is wide, and is never without end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.integer({ min: 1, max: 4_000 }), (length, width) => {
        const ticks = ticksOf({ from: noon, to: noon + length }, width, 0);
        expect(ticks.length).toBeLessThanOrEqual(width / 84 + 1);
      }),
    );
  });

  it('draws nothing on a track without width', () => {
    expect(ticksOf({ from: noon, to: noon + HOUR }, 0, 0)).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark, Segment } from '../../../../shared/timeline/timeline.ts';
import { clusterMarks, fitLabel, NARROWEST, placeSegments, SIGN } from './place.ts';

function segment(from: number, to: number | null, change: Partial<Segment> = {}): Segment {
  return { state: 'RUNNING', phase: 'running', from, to, attempt: 1, why: null, inferred: false, ...change };
}

describe('placeSegments', () => {
  const window = { from: 100, to: 1_100 };
  it.each<[string, Segment[], number, object[]]>([
    ['inside', [segment(200, 300)], 0, [{ index: 0, left: 100, width: 100, cutLeft: false, cutRight: false, open: false }]],
    ['cut on both sides', [segment(0, 5_000)], 0, [{ left: 0, width: 1_000, cutLeft: true, cutRight: true }]],
    ['lasting until now', [segment(200, null)], 700, [{ left: 100, width: 500, open: true }]],
    ['final, as a sign', [segment(900, null, { phase: 'failed' })], 9_000, [{ left: 800, width: SIGN, open: false }]],
    ['final just now', [segment(900, null, { phase: 'failed' })], 910, [{ left: 800, width: 10, open: false }]],
    ['a moment stays visible', [segment(200, 200)], 0, [{ left: 100, width: NARROWEST }]],
    ['now behind the start (clocks differ)', [segment(200, null)], 150, [{ left: 100, width: NARROWEST }]],
    [
      'a short one takes room from the next',
      [segment(200, 201), segment(201, 300)],
      0,
      [{ left: 100 }, { left: 103, width: 97 }],
    ],
  ])('%s', (_name, segments, now, placed) => expect(placeSegments(segments, window, 1_000, now)).toMatchObject(placed));

  it('leaves out what is outside, and keeps the places in the lane', () => {
    const placed = placeSegments([segment(0, 50), segment(200, 300), segment(2_000, 2_100)], window, 1_000, 0);
    expect(placed.map((one) => one.index)).toEqual([1]);
  });

  it('keeps order, never overlaps, and every segment can be seen', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 });
    fc.assert(
      fc.property(durations, fc.integer({ min: 100, max: 3_000 }), (lengths, width) => {
        let at = 0;
        const segments = lengths.map((length) => {
          at += length;
          return segment(at - length, at);
        });
        let edge = 0;
        for (const placed of placeSegments(segments, window, width, at)) {
          expect(placed.left).toBeGreaterThan(edge - 1e-6);
          expect(placed.width).toBeGreaterThan(NARROWEST - 1e-6);
          edge = placed.left + placed.width;
        }
      }),
    );
  });
});

describe('fitLabel', () => {
  it.each([
    ['all of it', 200, 'running 4 m 12 s'],
    ['the word', 70, 'running'],
    ['nothing', 30, null],
  ])('%s', (_name, width, label) => expect(fitLabel(['running 4 m 12 s', 'running'], width)).toBe(label));
});

describe('clusterMarks', () => {
  const mark = (at: number, type: Mark['type'] = 'Normal'): Mark => ({ at, type, reason: 'R', message: '', about: '', count: 1 });
  it('puts neighbours together, and a warning among them shows', () => {
    const clusters = clusterMarks([mark(50), mark(10), mark(12, 'Warning'), mark(500)], { from: 0, to: 100 }, 100);
    expect(clusters.map(({ left, type, marks }) => [left, type, marks.length])).toEqual([
      [10, 'Warning', 2],
      [50, 'Normal', 1],
    ]);
  });
});

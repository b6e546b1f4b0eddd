import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment, Timeline } from '../../../../shared/timeline/timeline.ts';
import { extentOf, fitWindow, latestOf, pan, pixelOf, SHORTEST, timeAt, zoomAt } from './window.ts';

function segment(change: Partial<Segment>): Segment {
  return { state: 'RUNNING', phase: 'running', from: 0, to: null, attempt: 1, why: null, inferred: false, ...change };
}

function timeline(...segments: Segment[]): Timeline {
  return { lanes: [{ id: 'application', kind: 'application', label: 'app', segments }], marks: [] };
}

describe('extentOf', () => {
  it('is nothing when nothing happened', () => {
    expect(extentOf({ lanes: [], marks: [] }, 5)).toBeNull();
  });
  it.each([
    ['what lasts reaches to now', timeline(segment({ from: 10, to: null })), { from: 10, to: 99, open: true }],
    ['what ended does not', timeline(segment({ from: 10, to: 40 })), { from: 10, to: 40, open: false }],
    [
      'a final state ends where it starts',
      timeline(segment({ from: 10, to: 40 }), segment({ from: 40, phase: 'succeeded' })),
      { from: 10, to: 40, open: false },
    ],
    [
      'events count',
      { lanes: [], marks: [{ at: 7, type: 'Normal' as const, reason: 'r', message: '', about: '', count: 1 }] },
      { from: 7, to: 7, open: false },
    ],
  ])('%s', (_name, given, extent) => expect(extentOf(given, 99)).toEqual(extent));
});

describe('latestOf', () => {
  const mark = { at: 70, type: 'Normal' as const, reason: 'r', message: '', about: '', count: 1 };
  it.each([
    ['nothing happened', { lanes: [], marks: [] }, 0],
    ['what lasts is known from its start on', timeline(segment({ from: 10, to: 40 }), segment({ from: 40 })), 40],
    ['an end', timeline(segment({ from: 10, to: 60 })), 60],
    ['an event after all else', { ...timeline(segment({ from: 10, to: 60 })), marks: [mark] }, 70],
  ])('%s', (_name, given, latest) => expect(latestOf(given)).toBe(latest));
});

describe('fitWindow', () => {
  it('stands still while an unfinished timeline grows by a second', () => {
    const before = fitWindow({ from: 0, to: 62_000, open: true });
    expect(fitWindow({ from: 0, to: 63_000, open: true })).toEqual(before);
  });
  it('always shows all of it, with room to grow and not half empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 10 ** 9 }), fc.boolean(), (length, open) => {
        const window = fitWindow({ from: 1_000, to: 1_000 + length, open });
        expect(window.from).toBeLessThanOrEqual(1_000);
        expect(window.to).toBeGreaterThan(1_000 + length);
        expect(window.to - window.from).toBeLessThan(length * 1.7);
      }),
    );
  });
  it('shows a moment as a stretch', () => {
    const window = fitWindow({ from: 5, to: 5, open: false });
    expect(window.to - window.from).toBeGreaterThanOrEqual(SHORTEST);
  });
});

describe('zoomAt and pan', () => {
  const bounds = { from: 0, to: 100_000 };
  it('holds the moment under the pointer where it is', () => {
    const window = zoomAt({ from: 20_000, to: 60_000 }, 0.5, 30_000, bounds);
    expect(pixelOf(30_000, window, 1_000)).toBeCloseTo(250);
    expect(window).toEqual({ from: 25_000, to: 45_000 });
  });
  it.each([
    ['not shorter than two seconds', 1e-9, SHORTEST],
    ['not longer than everything', 1e9, 100_000],
  ])('%s', (_name, factor, length) => {
    const window = zoomAt({ from: 20_000, to: 60_000 }, factor, 30_000, bounds);
    expect(window.to - window.from).toBeCloseTo(length);
  });
  it.each([
    ['moves', 5_000, { from: 25_000, to: 65_000 }],
    ['stops at the start', -90_000, { from: 0, to: 40_000 }],
    ['stops at the end', 90_000, { from: 60_000, to: 100_000 }],
  ])('dragging %s', (_name, by, window) => expect(pan({ from: 20_000, to: 60_000 }, by, bounds)).toEqual(window));
  it('finds the moment of a pixel again', () => {
    const window = { from: 20_000, to: 60_000 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), (x) => {
        expect(pixelOf(timeAt(x, window, 900), window, 900)).toBeCloseTo(x);
      }),
    );
  });
});

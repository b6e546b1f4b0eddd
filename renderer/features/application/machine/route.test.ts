import { describe, expect, it } from 'vitest';
import { type Box, crosses, pathOf, route } from './route.ts';

function box(x: number, y: number): Box {
  return { x, y, width: 100, height: 30 };
}

describe('route', () => {
  it('goes straight from border to border when nothing is in the way', () => {
    const way = route(box(0, 0), box(300, 0), [], false);
    expect(way.start).toEqual({ x: 50, y: 0 });
    expect(way.end.x).toBeCloseTo(248);
    expect(way.middle.y).toBe(0);
  });

  it.each<[string, Box, Box, Box[]]>([
    ['a box between', box(0, 0), box(400, 0), [box(200, 0)]],
    ['two boxes between', box(0, 0), box(600, 0), [box(200, 0), box(400, 0)]],
    ['a box between, downwards', box(0, 0), box(0, 200), [box(0, 100)]],
  ])('bows around %s', (_name, from, to, others) => {
    const way = route(from, to, others, false);
    expect(others.filter((other) => crosses(way, other))).toEqual([]);
  });

  it('keeps the two ways of a pair apart', () => {
    const there = route(box(0, 0), box(300, 0), [], true);
    const back = route(box(300, 0), box(0, 0), [], true);
    expect(Math.sign(there.middle.y)).toBe(-Math.sign(back.middle.y));
    expect(Math.abs(there.middle.y - back.middle.y)).toBeGreaterThan(12);
  });

  it('still draws something where no way is free', () => {
    const wall = Array.from({ length: 60 }, (_, row) => box(200, (row - 30) * 20));
    expect(pathOf(route(box(0, 0), box(400, 0), wall, false))).toMatch(/^M[\d. -]+Q[\d. -]+$/);
  });
});

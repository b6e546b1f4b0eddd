/** A box on the drawing, pixels: `x` and `y` are its centre. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A curve from the border of one box to the border of another; `middle` is where a label goes. */
export interface Route {
  start: Point;
  control: Point;
  end: Point;
  middle: Point;
}

/** Bows that are tried, pixels to the left of the way (negative: to the right); the first free one is taken. */
const BOWS = [0, 22, 30, 38, 46, 60, 76, 94, 112, 134, 156].flatMap((bow) => (bow === 0 ? [0] : [bow, -bow]));
/** Room kept between a curve and the boxes it passes. */
const CLEARANCE = 5;

/**
 * A quiet way from `from` to `to` around the other boxes. `paired` is true when an edge goes the other way too: both then
 * bow to their own side and stay apart. Where no way is free, the straightest with the fewest boxes under it is taken.
 */
export function route(from: Box, to: Box, others: readonly Box[], paired: boolean): Route {
  const bows = paired ? [16, ...BOWS.slice(1)] : BOWS;
  let best: { route: Route; hits: number } | null = null;
  for (const bow of bows) {
    const candidate = bowed(from, to, bow);
    const hits = others.filter((box) => crosses(candidate, box)).length;
    if (hits === 0) return candidate;
    if (best === null || hits < best.hits) best = { route: candidate, hits };
  }
  return best?.route ?? bowed(from, to, 0);
}

function bowed(from: Box, to: Box, bow: number): Route {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: (to.y - from.y) / length, y: -(to.x - from.x) / length };
  const control = { x: (from.x + to.x) / 2 + 2 * bow * across.x, y: (from.y + to.y) / 2 + 2 * bow * across.y };
  const start = border(from, control, 0);
  const end = border(to, control, 2);
  return { start, control, end, middle: pointAt({ start, control, end }, 0.5) };
}

/** Where the line from the centre of `box` towards `target` leaves the box, `gap` pixels further on. */
function border(box: Box, target: Point, gap: number): Point {
  const dx = target.x - box.x;
  const dy = target.y - box.y;
  if (dx === 0 && dy === 0) return { x: box.x, y: box.y };
  const scale = Math.min((box.width / 2 + gap) / Math.abs(dx || 1e-9), (box.height / 2 + gap) / Math.abs(dy || 1e-9));
  return { x: box.x + dx * scale, y: box.y + dy * scale };
}

function pointAt(curve: Pick<Route, 'start' | 'control' | 'end'>, share: number): Point {
  const a = (1 - share) ** 2;
  const b = 2 * share * (1 - share);
  const c = share ** 2;
  return {
    x: a * curve.start.x + b * curve.control.x + c * curve.end.x,
    y: a * curve.start.y + b * curve.control.y + c * curve.end.y,
  };
}

/** True when the curve passes over the box (or nearer than the clearance), seen at 24 points of it. */
export function crosses(curve: Route, box: Box): boolean {
  for (let step = 0; step <= 24; step++) {
    const point = pointAt(curve, step / 24);
    const besideX = Math.abs(point.x - box.x) > box.width / 2 + CLEARANCE;
    const besideY = Math.abs(point.y - box.y) > box.height / 2 + CLEARANCE;
    if (!(besideX || besideY)) return true;
  }
  return false;
}

/** The route as an SVG path. */
export function pathOf({ start, control, end }: Route): string {
  const at = (point: Point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  return `M${at(start)}Q${at(control)} ${at(end)}`;
}

import type { Timeline } from '../../../../shared/timeline/timeline.ts';

/** A stretch of time on the screen, epoch milliseconds; `from` is always before `to`. */
export interface Window {
  from: number;
  to: number;
}

/** What the person asked to see: everything, or a stretch chosen by zooming and dragging. */
export type Zoom = { mode: 'fit' } | ({ mode: 'chosen' } & Window);

/** Nothing shorter can be looked at: Kubernetes writes most of its times in whole seconds. */
export const SHORTEST = 2_000;

/** Widths an unfinished timeline grows through, as factors of a power of ten seconds. */
const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 10];

/** First and last moment of a timeline; what still lasts reaches to `now`. Null when there is nothing to draw. */
export function extentOf(timeline: Timeline, now: number): (Window & { open: boolean }) | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let open = false;
  for (const lane of timeline.lanes) {
    for (const segment of lane.segments) {
      const lasts = segment.to === null && !isFinal(segment.phase);
      open ||= lasts;
      from = Math.min(from, segment.from);
      to = Math.max(to, segment.to ?? (lasts ? now : segment.from));
    }
  }
  for (const mark of timeline.marks) {
    from = Math.min(from, mark.at);
    to = Math.max(to, mark.at);
  }
  return Number.isFinite(from) ? { from, to: Math.max(to, from), open } : null;
}

/** The last moment at which something is known to have happened; 0 when nothing has. */
export function latestOf(timeline: Timeline): number {
  const ends = timeline.lanes.flatMap(({ segments }) => segments.slice(-1).map(({ from, to }) => to ?? from));
  return Math.max(0, ...ends, ...timeline.marks.map(({ at }) => at));
}

/** True for phases nothing follows by itself: their last segment is drawn as an end, not as something that goes on. */
export function isFinal(phase: string): boolean {
  return phase === 'succeeded' || phase === 'failed';
}

/**
 * The window that shows all of a timeline. While it goes on, the right edge moves in steps, so that the axis stands still
 * and only the `now` edge grows; a finished one leaves room after its end for the word it ended with.
 */
export function fitWindow(extent: Window & { open: boolean }): Window {
  const span = extent.to - extent.from;
  const length = extent.open ? nextLength(span * 1.05) : span * 1.09;
  return { from: extent.from - length * 0.01, to: extent.from + Math.max(length, SHORTEST) };
}

/** The smallest of the round lengths that is not shorter than `span`; at least ten seconds. */
function nextLength(span: number): number {
  for (let decade = 10_000; ; decade *= 10) {
    for (const step of STEPS) if (step * decade >= span) return step * decade;
  }
}

/** The window after zooming by `factor` (below 1 shows less) with the moment `anchor` held in place. */
export function zoomAt(window: Window, factor: number, anchor: number, bounds: Window): Window {
  const span = window.to - window.from;
  const longest = Math.max(bounds.to - bounds.from, SHORTEST);
  const length = Math.min(Math.max(span * factor, SHORTEST), longest);
  const share = (anchor - window.from) / span;
  return inside({ from: anchor - share * length, to: anchor + (1 - share) * length }, bounds);
}

/** The window moved by `milliseconds`, kept inside `bounds`. */
export function pan(window: Window, milliseconds: number, bounds: Window): Window {
  return inside({ from: window.from + milliseconds, to: window.to + milliseconds }, bounds);
}

function inside(window: Window, bounds: Window): Window {
  const length = window.to - window.from;
  if (length >= bounds.to - bounds.from) return { from: bounds.from, to: bounds.from + length };
  const from = Math.min(Math.max(window.from, bounds.from), bounds.to - length);
  return { from, to: from + length };
}

/** Pixels from the left edge of a track of `width` pixels. */
export function pixelOf(time: number, window: Window, width: number): number {
  return ((time - window.from) / (window.to - window.from)) * width;
}

/** The moment at a pixel; the inverse of {@link pixelOf}. */
export function timeAt(pixel: number, window: Window, width: number): number {
  return window.from + (pixel / Math.max(width, 1)) * (window.to - window.from);
}

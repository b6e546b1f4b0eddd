import type { Mark, Segment } from '../../../../shared/timeline/timeline.ts';
import { isFinal, pixelOf, type Window } from './window.ts';

/** A segment on its track: pixels from the track's left edge. */
export interface Placed {
  segment: Segment;
  /** Its place in the lane, from 0. */
  index: number;
  left: number;
  width: number;
  /** It goes on beyond this edge of the window. */
  cutLeft: boolean;
  cutRight: boolean;
  /** It lasts until now. */
  open: boolean;
}

/** No segment is drawn narrower: a state that lasted for a moment is often the one that explains the rest. */
export const NARROWEST = 3;

/** A final state is no stretch of time: it is drawn as a sign of at most this width, pixels. */
export const SIGN = 96;

/** Where a segment without an end stops: at `now`. */
export function endOf(segment: Segment, now: number): number {
  return segment.to ?? Math.max(now, segment.from);
}

/**
 * Segments of one lane that are inside the window, left to right. A very short one takes the room it needs from its
 * successor, so order is kept, nothing overlaps, and the others stay where their times are.
 */
export function placeSegments(segments: readonly Segment[], window: Window, width: number, now: number): Placed[] {
  const placed: Placed[] = [];
  let taken = 0;
  for (const [index, segment] of segments.entries()) {
    const end = endOf(segment, now);
    if (end < window.from || segment.from > window.to) continue;
    const left = Math.max(pixelOf(segment.from, window, width), taken, 0);
    const final = segment.to === null && isFinal(segment.phase);
    const edge = Math.min(pixelOf(end, window, width), width, final ? left + SIGN : width);
    const right = Math.max(edge, left + NARROWEST);
    taken = right;
    placed.push({
      segment,
      index,
      left,
      width: right - left,
      cutLeft: segment.from < window.from,
      cutRight: end > window.to,
      open: segment.to === null && !final,
    });
  }
  return placed;
}

/** Width of an average character of the labels, rounded up: 11 px of a system face. */
export const CHARACTER = 6.4;

/** The first of `candidates` that fits into `width` pixels with `padding` on either side; null when none does. */
export function fitLabel(candidates: readonly string[], width: number, padding = 5): string | null {
  return candidates.find((text) => text.length * CHARACTER + 2 * padding <= width) ?? null;
}

/** Events that stand too close to be told apart, as one. */
export interface Cluster {
  /** Pixels from the left edge of the track. */
  left: number;
  type: Mark['type'];
  marks: Mark[];
}

/** Events inside the window, those nearer than `distance` pixels to the first of a group put together. A warning shows. */
export function clusterMarks(marks: readonly Mark[], window: Window, width: number, distance = 9): Cluster[] {
  const clusters: Cluster[] = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    if (mark.at < window.from || mark.at > window.to) continue;
    const left = pixelOf(mark.at, window, width);
    const last = clusters.at(-1);
    if (last && left - last.left < distance) {
      last.marks.push(mark);
      if (mark.type === 'Warning') last.type = 'Warning';
    } else {
      clusters.push({ left, type: mark.type, marks: [mark] });
    }
  }
  return clusters;
}

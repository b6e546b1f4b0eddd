import type { Window } from './window.ts';

/** One mark of the axis: its moment (epoch milliseconds) and what is written there. */
export interface Tick {
  at: number;
  label: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 56, 182, 364].map((n) => n * DAY),
];

/** Room a label needs, in pixels. */
const ROOM = 84;

/**
 * Round moments of a person's clock at a readable distance. `offset` is the zone's distance from UTC in milliseconds,
 * positive to the east: ticks of six hours fall on midnight there and not in Greenwich.
 */
export function ticksOf(window: Window, width: number, offset: number): Tick[] {
  const span = window.to - window.from;
  if (width <= 0 || span <= 0) return [];
  const wanted = (span / width) * ROOM;
  const step = STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / (364 * DAY)) * 364 * DAY;
  const ticks: Tick[] = [];
  for (let local = Math.ceil((window.from + offset) / step) * step; local <= window.to + offset; local += step) {
    ticks.push({ at: local - offset, label: labelOf(local, step) });
  }
  return ticks;
}

/** `local` is moved by the zone's offset, so the parts in UTC are those of the person's clock. */
function labelOf(local: number, step: number): string {
  const text = new Date(local).toISOString();
  const date = `${Number(text.slice(8, 10))} ${MONTHS[Number(text.slice(5, 7)) - 1] ?? ''}`;
  if (step >= DAY || local % DAY === 0) return date;
  return step < MINUTE ? text.slice(11, 19) : text.slice(11, 16);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

import { formatAddress, type Place } from './address.ts';

/** Places visited, oldest first, and which of them is on screen. There is always one. */
export interface History {
  entries: readonly Place[];
  index: number;
}

/** More than anyone walks back; keeps a window that stays open for weeks small. */
const LIMIT = 100;

/** True when two places are the same page of the same thing; the tab is no part of it. */
function samePage(one: Place, other: Place): boolean {
  const bare = (place: Place): Place =>
    place.page === 'application' ? { page: 'application', reference: place.reference } : place;
  return formatAddress(bare(one), null) === formatAddress(bare(other), null);
}

/** A history that begins at `place`. */
export function beginHistory(place: Place): History {
  return { entries: [place], index: 0 };
}

/** The place on screen. */
export function presentPlace(history: History): Place {
  return history.entries[history.index] ?? { page: 'applications' };
}

/** Goes to a new place and forgets what lay ahead. Another tab of the same page takes the entry's place. */
export function visit(history: History, place: Place): History {
  const keep = samePage(presentPlace(history), place) ? history.index : history.index + 1;
  const entries = [...history.entries.slice(0, keep), place].slice(-LIMIT);
  return { entries, index: entries.length - 1 };
}

/** Puts `place` where the present one stands: what was there leads nowhere any more. */
export function replacePresent(history: History, place: Place): History {
  return { ...history, entries: history.entries.with(history.index, place) };
}

/** One step back (-1) or forward (1); the same history when there is none. */
export function step(history: History, by: -1 | 1): History {
  const index = history.index + by;
  return index < 0 || index >= history.entries.length ? history : { ...history, index };
}

import { type BookLine, inOrder, type LogBook, type Page } from './book.ts';
import { lastIndexWhere } from './sorted.ts';
import type { LogView } from './view.ts';

/** A line that was sought; `number` counts from 1 among all matches. */
export interface Found {
  line: BookLine;
  number: number;
}

/** Place of a line among those of a view; of one that is folded away, halfway behind the line it stands behind. */
export function placeOfLine(book: LogBook, shown: LogView, line: BookLine): number {
  let start = 0;
  for (const page of book.pages()) {
    const lines = shown.passed(page);
    const last = page.at(-1);
    if (last !== undefined && inOrder(line, last) <= 0) return placeIn(lines, line, start);
    start += lines.length;
  }
  return start;
}

/**
 * The match after the place `from` among the lines shown, or the one before it, and around the end; null where there is none.
 * `matches` holds what is sought among the lines shown and those folded away. Both views must know all pages.
 */
export function findBeside(book: LogBook, shown: LogView, matches: LogView, from: number, backwards: boolean): Found | null {
  let first: Found | null = null;
  let before: Found | null = null;
  let after: Found | null = null;
  let last: Found | null = null;
  let start = 0;
  let number = 0;
  for (const page of book.pages()) {
    const lines = shown.passed(page);
    const found = matches.passed(page);
    // On other pages all matches are on the same side.
    const isNear = from >= start - 1 && from <= start + lines.length;
    for (const index of isNear ? found.keys() : new Set([0, found.length - 1])) {
      const line = found[index];
      if (line === undefined) continue;
      const match = { line, number: number + index + 1 };
      const place = placeIn(lines, line, start);
      first ??= match;
      if (place < from) before = match;
      if (place > from) after ??= match;
      last = match;
    }
    start += lines.length;
    number += found.length;
  }
  return backwards ? (before ?? last) : (after ?? first);
}

function placeIn(lines: Page, line: BookLine, start: number): number {
  const index = lastIndexWhere(lines, (other) => inOrder(other, line) <= 0);
  return start + (lines[index]?.id === line.id ? index : index + 0.5);
}

import type { BookLine, LogBook, Page } from './book.ts';
import { type Level, levels } from './level.ts';

/** Which lines are shown. Absent means no restriction. */
export interface LogFilter {
  /** Sources that are not shown. */
  hidden?: ReadonlySet<number>;
  /** The mildest level shown. Lines without a level are shown with every choice but the ones above `info`. */
  level?: Level;
  /** Only lines with this in their text; see {@link finderOf}. */
  text?: Finder;
  /** Hides what continues a line, but behind the heads whose id is in `opened`. */
  folded?: boolean;
  opened?: ReadonlySet<number>;
}

/** Whether a text has what is looked for. */
export type Finder = (text: string) => boolean;

/** `words` literally, or as a regular expression; letters match in both cases unless `words` has a capital one. Null: not an expression. */
export function patternOf(words: string, expression: boolean): RegExp | null {
  const flags = /\p{Lu}/u.test(words) ? '' : 'i';
  try {
    return new RegExp(expression ? words : words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), flags);
  } catch {
    return null;
  }
}

/** A finder of what {@link patternOf} describes. */
export function finderOf(words: string, expression: boolean): Finder | null {
  const pattern = patternOf(words, expression);
  return pattern && ((text) => pattern.test(text));
}

/** A book seen through a filter. */
export interface LogView {
  /** Lines that pass. Pages whose lines were never looked at count after `advance`. */
  size(): number;
  /** Looks at so many pages at most; true when all are known. Without a number: all. */
  advance(pages?: number): boolean;
  /** Lines of a page that pass, in order; none of a page that was never looked at. */
  passed(page: Page): Page;
  /** Lines from the `from`th that passes, at most `count`. */
  read(from: number, count: number): BookLine[];
  /** Place of the first line at `at` or later; `size()` when there is none. */
  placeOf(at: number): number;
}

/** What passes is kept by page: a page never changes, so a new line costs a look at one page. */
export function createLogView(book: LogBook, filter: LogFilter): LogView {
  const known = new WeakMap<Page, Page>();
  const passes = passing(filter);
  const passed = (page: Page): Page => known.get(page) ?? [];
  const look = (page: Page): Page => {
    const found = page.filter(passes);
    known.set(page, found);
    return found;
  };
  return {
    passed,
    size: () => book.pages().reduce((sum, page) => sum + passed(page).length, 0),
    advance(pages = Number.POSITIVE_INFINITY) {
      let left = pages;
      for (const page of book.pages()) {
        if (known.has(page)) continue;
        if (left === 0) return false;
        look(page);
        left -= 1;
      }
      return true;
    },
    read(from, count) {
      const lines: BookLine[] = [];
      let start = from;
      for (const page of book.pages()) {
        const found = passed(page);
        if (lines.length === count) break;
        if (start < found.length) lines.push(...found.slice(start, start + count - lines.length));
        start = Math.max(0, start - found.length);
      }
      return lines;
    },
    placeOf(at) {
      let place = 0;
      for (const page of book.pages()) {
        const found = passed(page);
        const last = found.at(-1);
        if (last === undefined || last.at < at) place += found.length;
        else return place + found.findIndex((line) => line.at >= at);
      }
      return place;
    },
  };
}

function passing(filter: LogFilter): (line: BookLine) => boolean {
  const { hidden, level, text, folded = false, opened } = filter;
  const least = level === undefined ? 0 : levels.indexOf(level);
  const unknown = levels.indexOf('info');
  return (line) =>
    !hidden?.has(line.source) &&
    (line.level === null ? unknown : levels.indexOf(line.level)) >= least &&
    !(folded && line.head !== line.id && !opened?.has(line.head)) &&
    (text === undefined || text(line.text));
}

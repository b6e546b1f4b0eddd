import type { Level } from './level.ts';
import { recognise } from './recognise.ts';

/** A line as a container wrote it. */
export interface LogLine {
  /** Epoch milliseconds, with as much of the fraction as a number holds. */
  at: number;
  /** Number of the container it came from, given by the caller. */
  source: number;
  text: string;
}

/** A line as the book holds it. */
export interface BookLine extends LogLine {
  /** Counts from 0 in order of arrival; the same line keeps it. */
  id: number;
  /** Its own, or that of the line it continues. */
  level: Level | null;
  /** Id of the line whose message it continues; its own where it begins one. */
  head: number;
}

/** A piece of the book. Never changed: what comes in between makes new pieces. */
export type Page = readonly BookLine[];

/**
 * The lines of many containers in one order: by time, a continued message kept together.
 * Lines of one source must come in the order in which they were written; sources may come in any order and late.
 */
export interface LogBook {
  /** Lines kept. */
  size(): number;
  /** Lines forgotten because the book was full, oldest first. */
  forgotten(): number;
  add(lines: readonly LogLine[]): void;
  pages(): readonly Page[];
}

const PAGE = 4096;

interface Head {
  id: number;
  at: number;
  level: Level | null;
}

/** `limit`: lines kept at most; whole pages of the oldest go when it is passed. */
export function createLogBook(limit: number): LogBook {
  let pages: Page[] = [];
  let size = 0;
  let forgotten = 0;
  let next = 0;
  const heads = new Map<number, Head>();

  /** A continued line takes time and level of its head, so that no other source's line comes between. */
  const entered = (line: LogLine): BookLine => {
    const { level, continues } = recognise(line.text);
    const head = heads.get(line.source);
    const id = next;
    next += 1;
    if (continues && head !== undefined) return { ...line, at: head.at, id, level: head.level, head: head.id };
    const at = Math.max(line.at, head?.at ?? line.at);
    heads.set(line.source, { id, at, level });
    return { ...line, at, id, level, head: id };
  };

  const forget = (): void => {
    const [oldest] = pages;
    if (oldest === undefined || size - oldest.length < limit) return;
    pages = pages.slice(1);
    size -= oldest.length;
    forgotten += oldest.length;
    forget();
  };

  return {
    size: () => size,
    forgotten: () => forgotten,
    pages: () => pages,
    add(lines) {
      if (lines.length === 0) return;
      const batch = lines.map(entered).sort(inOrder);
      pages = merged(pages, batch);
      size += batch.length;
      forget();
    },
  };
}

/** The order of a book: by time; at the same instant by source, so that continued lines stay behind their head; then as they came. */
export function inOrder(one: BookLine, other: BookLine): number {
  return one.at - other.at || one.source - other.source || one.id - other.id;
}

/** The batch put in its place. Pages into which nothing falls stay the same objects, so that what is known of them holds. */
function merged(pages: readonly Page[], batch: readonly BookLine[]): Page[] {
  const result: Page[] = [];
  let taken = 0;
  for (const [index, page] of pages.entries()) {
    const following = pages[index + 1]?.[0];
    const start = taken;
    while (taken < batch.length && (following === undefined || before(batch[taken], following))) taken += 1;
    if (taken === start) result.push(page);
    else result.push(...cut(woven(page, batch.slice(start, taken))));
  }
  return pages.length === 0 ? cut(batch) : result;
}

const before = (one: BookLine | undefined, other: BookLine): boolean => one !== undefined && inOrder(one, other) < 0;

/** Two sorted runs as one. The batch mostly comes last, and is then only hung on. */
function woven(page: Page, batch: Page): Page {
  const [first] = batch;
  const last = page.at(-1);
  if (first === undefined || last === undefined || inOrder(last, first) <= 0) return [...page, ...batch];
  const result: BookLine[] = [];
  let index = 0;
  for (const line of page) {
    for (let late = batch[index]; late !== undefined && inOrder(late, line) < 0; late = batch[index]) {
      result.push(late);
      index += 1;
    }
    result.push(line);
  }
  return [...result, ...batch.slice(index)];
}

function cut(lines: Page): Page[] {
  const pages: Page[] = [];
  for (let start = 0; start < lines.length; start += PAGE) pages.push(lines.slice(start, start + PAGE));
  return pages;
}

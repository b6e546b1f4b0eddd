import { setImmediate as turn } from 'node:timers/promises';
import type { LogCounts, LogFilterChoice, LogLineShown } from '../../shared/contract/logs.ts';
import { type BookLine, inOrder, type Page } from '../../shared/logs/book.ts';
import { continuedBy } from '../../shared/logs/folds.ts';
import { findBeside, placeOfLine } from '../../shared/logs/search.ts';
import { createLogView, finderOf, type LogFilter, type LogView } from '../../shared/logs/view.ts';
import type { ApplicationLog } from './application-log.ts';
import { textOf } from './text.ts';

/** Pages looked at in one turn of the event loop: some milliseconds of work. */
const PAGES = 4;
/** Characters of a line that are shown. */
const LONGEST = 4_000;

/** One look at a log, as the contract has it. Places count from the first line that was ever there. */
export interface LogViewSession {
  /** There is something new in the log. */
  touch(): void;
  change(choice: LogFilterChoice): void;
  unfold(head: number, open: boolean): void;
  lines(from: number, count: number): { generation: number; from: number; lines: LogLineShown[] };
  placeOf(at: number): number;
  find(from: number, backwards: boolean): Promise<{ generation: number; place: number; id: number; number: number } | null>;
  text(): AsyncGenerator<string>;
  close(): void;
}

interface Views {
  shown: LogView;
  /** What is sought; null when nothing is. */
  matches: LogView | null;
}

/** Opens a view called `id`. `push` is told of it whenever it changes, at once for the first time. */
export function openLogView(
  id: string,
  log: ApplicationLog,
  first: LogFilterChoice,
  push: (counts: LogCounts) => void,
): LogViewSession {
  const { book } = log;
  const opened = new Set<number>();
  let choice = first;
  let wanted = viewsOf();
  let current = wanted;
  let generation = 1;
  let dropped = 0;
  let pages: readonly Page[] = [];
  let working: Promise<void> | null = null;
  /** Something may have come since the last look. */
  let stale = true;
  let closed = false;

  function filterOf({ hidden, level, text, folded }: LogFilterChoice): LogFilter {
    const finder = text && finderOf(text.words, text.expression);
    return {
      hidden: new Set(hidden),
      ...(level === null ? {} : { level }),
      ...(finder === null ? { folded, opened: new Set(opened) } : { text: finder }),
    };
  }

  function viewsOf(): Views {
    const filter = filterOf(choice);
    const sought = choice.search && finderOf(choice.search.words, choice.search.expression);
    const { text } = filter;
    const both = sought && (text === undefined ? sought : (line: string) => text(line) && sought(line));
    return {
      shown: createLogView(book, filter),
      matches: both && createLogView(book, { ...filter, folded: false, text: both }),
    };
  }

  function tell(progress: number | null): void {
    if (closed) return;
    const { shown, matches } = current;
    push({
      view: id,
      generation,
      size: shown.size(),
      dropped,
      kept: book.size(),
      forgotten: book.forgotten(),
      newestAt: book.pages().at(-1)?.at(-1)?.at ?? null,
      progress,
      matches: matches?.size() ?? null,
      sources: log.sources(),
      ...log.application(),
    });
  }

  /** Looks at all pages with the wanted views, in slices, and then shows those. */
  async function work(): Promise<void> {
    for (let looked = 0; !closed; looked += PAGES) {
      stale = false;
      const views = wanted;
      const known = [views.shown.advance(PAGES), views.matches?.advance(PAGES) ?? true];
      if (!known.includes(false)) return settleOn(views);
      if (views !== current) tell(Math.min(0.99, looked / Math.max(1, book.pages().length)));
      await turn();
    }
  }

  function settleOn(views: Views): void {
    const [oldest] = book.pages()[0] ?? [];
    if (views !== current) {
      current = views;
      generation += 1;
      dropped = 0;
    } else if (oldest !== undefined) {
      const gone = pages.filter((page) => page.every((line) => inOrder(line, oldest) < 0));
      for (const page of gone) dropped += views.shown.passed(page).length;
    }
    pages = book.pages();
  }

  function settle(): Promise<void> {
    stale = true;
    working ??= work().finally(() => {
      working = null;
      tell(null);
      if (stale && !closed) void settle();
    });
    return working;
  }

  /** Until what is wanted is shown, with all there is. */
  async function settled(): Promise<void> {
    do await settle();
    while (!closed && (stale || working !== null || current !== wanted));
  }

  function renew(): void {
    wanted = viewsOf();
    void settle();
  }

  function lineOf(line: BookLine): LogLineShown {
    const { id: own, at, source, level, text, head } = line;
    const cut = Math.max(0, text.length - LONGEST);
    const continued = head === own ? continuedBy(book, line) : 0;
    return { id: own, at, source, level, text: text.slice(0, LONGEST), cut, head, continued, unfolded: opened.has(own) };
  }

  void settle();
  return {
    touch: () => void settle(),
    change(next) {
      choice = next;
      renew();
    },
    unfold(head, open) {
      if (open) opened.add(head);
      else opened.delete(head);
      renew();
    },
    lines(from, count) {
      const start = Math.max(from, dropped);
      return { generation, from: start, lines: current.shown.read(start - dropped, count).map(lineOf) };
    },
    placeOf: (at) => dropped + current.shown.placeOf(at),
    async find(from, backwards) {
      await settled();
      const { shown, matches } = current;
      const found = matches && findBeside(book, shown, matches, from - dropped, backwards);
      if (found === null) return null;
      const { line, number } = found;
      if (!Number.isInteger(placeOfLine(book, shown, line))) {
        opened.add(line.head);
        wanted = viewsOf();
        await settled();
      }
      return { generation, place: dropped + Math.floor(placeOfLine(book, current.shown, line)), id: line.id, number };
    },
    text: () => textOf(log, { ...filterOf(choice), folded: false }),
    close() {
      closed = true;
    },
  };
}

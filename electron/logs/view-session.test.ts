import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LogCounts, LogFilterChoice } from '../../shared/contract/logs.ts';
import { createLogBook } from '../../shared/logs/book.ts';
import type { ApplicationLog } from './application-log.ts';
import { type LogViewSession, openLogView } from './view-session.ts';

const all: LogFilterChoice = { hidden: [], level: null, text: null, folded: false, search: null };
const words = (text: string) => ({ words: text, expression: false });
const line = (at: number, level: string, text: string) => ({ at, source: 0, text: `26/11/21 12:00:01 ${level} Job: ${text}` });
const open: LogViewSession[] = [];

afterEach(() => {
  for (const view of open.splice(0)) view.close();
});

/** A log that is filled by hand, and a view of it. */
function viewed(first: Partial<LogFilterChoice> = {}, limit = 1_000_000) {
  const book = createLogBook(limit);
  const log: ApplicationLog = {
    book,
    sources: () => [
      {
        number: 0,
        pod: 'pi-driver',
        role: 'driver',
        executor: null,
        container: 'spark-kubernetes-driver',
        main: true,
        attempt: 1,
        restart: 0,
        lines: book.size(),
        state: { state: 'ended', reason: 'over' },
      },
    ],
    application: () => ({ application: 'present', freshness: { state: 'live' } }),
    close() {},
  };
  const told: LogCounts[] = [];
  const view = openLogView('1', log, { ...all, ...first }, (counts) => told.push(counts));
  open.push(view);
  return {
    book,
    view,
    told,
    last: () => told.at(-1),
    async add(...lines: Parameters<typeof book.add>[0]) {
      book.add(lines);
      view.touch();
      await vi.waitFor(() => expect(told.at(-1)?.kept).toBe(book.size()));
    },
    texts: (from = 0) => view.lines(from, 100).lines.map(({ text }) => text.replace(/^.*: /, '')),
  };
}

describe('a view of a log', () => {
  it('tells of itself at once, and of what comes', async () => {
    const { add, last, texts } = viewed();
    await vi.waitFor(() => expect(last()).toMatchObject({ view: '1', size: 0, newestAt: null, application: 'present' }));
    await add(line(1, 'INFO', 'one'), line(2, 'WARN', 'two'));
    expect(last()).toMatchObject({ size: 2, newestAt: 2, generation: 1, matches: null, progress: null });
    expect(texts()).toEqual(['one', 'two']);
  });

  it('shows other lines with the next generation', async () => {
    const { add, view, last, texts } = viewed();
    await add(line(1, 'INFO', 'one'), line(2, 'WARN', 'two'));
    view.change({ ...all, level: 'warn' });
    await vi.waitFor(() => expect(last()).toMatchObject({ generation: 2, size: 1 }));
    expect(texts()).toEqual(['two']);
    view.change({ ...all, text: { words: '(', expression: true } });
    await vi.waitFor(() => expect(last()).toMatchObject({ generation: 3, size: 2 }));
  });

  it('folds what continues a line, says how much that is, and unfolds it', async () => {
    const { add, view, last } = viewed({ folded: true });
    await add(line(1, 'ERROR', 'lost'), { at: 1, source: 0, text: '\tat a' }, { at: 1, source: 0, text: '\tat b' });
    expect(view.lines(0, 10).lines).toMatchObject([{ id: 0, continued: 2, unfolded: false }]);
    view.unfold(0, true);
    await vi.waitFor(() => expect(last()?.size).toBe(3));
    expect(view.lines(0, 10).lines).toMatchObject([{ unfolded: true }, { head: 0 }, { head: 0 }]);
    view.unfold(0, false);
    await vi.waitFor(() => expect(last()?.size).toBe(1));
  });

  it('finds a line, and unfolds what it is behind', async () => {
    const { add, view, last } = viewed({ folded: true, search: words('Deep.java') });
    await add(
      line(1, 'INFO', 'x'),
      line(2, 'ERROR', 'lost'),
      { at: 2, source: 0, text: '\tat a(Deep.java:1)' },
      line(3, 'INFO', 'y'),
    );
    expect(last()?.matches).toBe(1);
    const found = await view.find(-1, false);
    expect(found).toMatchObject({ place: 2, number: 1, id: 2 });
    expect(view.lines(2, 1)).toMatchObject({ generation: found?.generation, lines: [{ id: 2 }] });
    view.change({ ...all, search: words('nowhere') });
    expect(await view.find(0, false)).toBeNull();
  });

  it('keeps the places of lines when the oldest are forgotten', async () => {
    const { add, last, texts } = viewed({ text: words('even') }, 5_000);
    for (let at = 0; at < 20_000; at += 2_000) {
      await add(
        ...Array.from({ length: 2_000 }, (_, index) =>
          line(at + index, 'INFO', `${index % 2 === 0 ? 'even' : 'odd'} ${at + index}`),
        ),
      );
    }
    const { size = 0, dropped = 0, forgotten = 0 } = last() ?? {};
    expect(forgotten).toBeGreaterThan(5_000);
    expect(size + dropped).toBe(10_000);
    expect(texts(9_000)[0]).toBe('even 18000');
    expect(texts(0)[0]).toBe(`even ${forgotten}`);
  });

  it('cuts very long lines, and gives all of them as text', async () => {
    const { add, view } = viewed({ folded: true });
    await add(line(1, 'INFO', 'x'.repeat(10_000)), { at: 1, source: 0, text: '\tat a' });
    const [shown] = view.lines(0, 1).lines;
    expect([shown?.text.length, (shown?.text.length ?? 0) + (shown?.cut ?? 0)]).toEqual([
      4_000,
      10_000 + line(1, 'INFO', '').text.length,
    ]);
    let text = '';
    for await (const piece of view.text()) text += piece;
    expect(text).toBe(
      `1970-01-01T00:00:00.001Z pi-driver ${line(1, 'INFO', 'x'.repeat(10_000)).text}\n1970-01-01T00:00:00.001Z pi-driver \tat a\n`,
    );
  });

  it('goes to a time', async () => {
    const { add, view } = viewed();
    await add(line(1_000, 'INFO', 'a'), line(3_000, 'INFO', 'b'));
    expect([0, 2_000, 9_000].map((at) => view.placeOf(at))).toEqual([0, 1, 2]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BookLine, createLogBook, type LogLine } from './book.ts';
import { createLogView, finderOf } from './view.ts';

const line = (at: number, text: string, source = 0): LogLine => ({ at, text, source });
const info = (text: string): string => `26/11/21 12:00:01 INFO Job: ${text}`;
const all = (lines: LogLine[][], limit = 100_000): BookLine[] => {
  const book = createLogBook(limit);
  for (const batch of lines) book.add(batch);
  return book.pages().flat();
};

describe('a log book', () => {
  it('puts late lines of another container in their place', () => {
    const found = all([[line(1, info('a')), line(5, info('b'))], [line(3, info('c'), 1)]]);
    expect(found.map(({ text }) => text.at(-1))).toEqual(['a', 'c', 'b']);
  });

  it('keeps a stack trace together, with the time and level of its head', () => {
    const found = all([
      [line(1, '26/11/21 12:00:01 ERROR Job: lost'), line(3, 'java.io.IOException: gone'), line(4, '\tat a.b(C.java:1)')],
      [line(2, info('other'), 1)],
    ]);
    expect(found.map(({ at, level, head }) => [at, level, head])).toEqual([
      [1, 'error', 0],
      [1, 'error', 0],
      [1, 'error', 0],
      [2, 'info', 3],
    ]);
  });

  it('never goes back in time within a container, whatever its clock does', () => {
    expect(all([[line(5, info('a')), line(2, info('b'))]]).map(({ text }) => text.at(-1))).toEqual(['a', 'b']);
  });

  it('forgets whole pages of the oldest and says how many', () => {
    const book = createLogBook(5000);
    for (let at = 0; at < 20_000; at += 1000) book.add(Array.from({ length: 1000 }, (_, index) => line(at + index, info('x'))));
    expect(book.size() + book.forgotten()).toBe(20_000);
    expect(book.size()).toBeGreaterThanOrEqual(5000);
    expect(book.size()).toBeLessThan(5000 + 4096);
    expect(book.pages()[0]?.[0]?.at).toBe(book.forgotten());
  });

  it('is the sorted sum of its containers, however they are cut into batches', () => {
    const gaps = fc.array(fc.nat(3), { maxLength: 40 });
    fc.assert(
      fc.property(gaps, gaps, fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }), (one, other, turns) => {
        const lines = [one, other].map((steps, source) => {
          let at = 0;
          return steps.map((gap, index) => {
            at += gap;
            return line(at, info(`${index}`), source);
          });
        });
        const left = lines.map((own) => [...own]);
        const batches = turns.map((turn) => left[turn ? 0 : 1]?.splice(0, 1) ?? []);
        const found = all([...batches, ...left]);
        expect(found.length).toBe(one.length + other.length);
        expect(found.every(({ at }, index) => at >= (found[index - 1]?.at ?? 0))).toBe(true);
        for (const [source, own] of lines.entries()) {
          expect(found.filter((entry) => entry.source === source).map(({ text }) => text)).toEqual(own.map(({ text }) => text));
        }
      }),
    );
  });

  it('leaves pages alone into which nothing falls', () => {
    const book = createLogBook(100_000);
    book.add(Array.from({ length: 12_000 }, (_, at) => line(at, info('x'))));
    const before = book.pages();
    book.add([line(5000, info('late'), 1)]);
    expect(book.pages().map((page) => before.includes(page))).toEqual([true, false, false, true]);
  });
});

describe('a view of a log book', () => {
  const book = createLogBook(100_000);
  book.add([
    line(1, info('one'), 0),
    line(2, '26/11/21 12:00:01 ERROR Job: Lost', 1),
    line(3, '\tat a.b(C.java:1)', 1),
    line(4, 'printed', 0),
    line(5, '26/11/21 12:00:01 DEBUG Job: detail', 0),
  ]);
  const seen = (filter: Parameters<typeof createLogView>[1]): number[] => {
    const view = createLogView(book, filter);
    view.advance();
    return view.read(0, 10).map(({ id }) => id);
  };
  const text = (words: string, expression = false) => {
    const finder = finderOf(words, expression);
    return finder === null ? {} : { text: finder };
  };
  it.each([
    ['everything', {}, [0, 1, 2, 3, 4]],
    ['one container', { hidden: new Set([0]) }, [1, 2]],
    ['info and graver, printed lines among them', { level: 'info' as const }, [0, 1, 2, 3]],
    ['warnings and graver, with their traces', { level: 'warn' as const }, [1, 2]],
    ['words in any case', text('lost'), [1]],
    ['words with a capital letter exactly', text('LOST'), []],
    ['an expression', text('o(ne|st)', true), [0, 1]],
    ['signs are no expression unless asked', text('b(C.'), [2]],
    ['folded', { folded: true }, [0, 1, 3, 4]],
    ['folded but for one', { folded: true, opened: new Set([1]) }, [0, 1, 2, 3, 4]],
  ])('shows %s', (_, filter, ids) => {
    expect(seen(filter)).toEqual(ids);
  });
  it('takes no broken expression', () => {
    expect(finderOf('(', true)).toBeNull();
  });
  it('reads windows, finds times, and works page by page', () => {
    const large = createLogBook(100_000);
    large.add(Array.from({ length: 10_000 }, (_, at) => line(at, info(at % 2 === 0 ? 'even' : 'odd'))));
    const view = createLogView(large, text('even'));
    expect([view.advance(1), view.size()]).toEqual([false, 2048]);
    expect([view.advance(), view.size()]).toEqual([true, 5000]);
    expect(view.read(2047, 2).map(({ at }) => at)).toEqual([4094, 4096]);
    expect([view.placeOf(4095), view.placeOf(99_999)]).toEqual([2048, 5000]);
    large.add([line(10_000, info('even'))]);
    expect([view.advance(), view.size()]).toEqual([true, 5001]);
  });
});

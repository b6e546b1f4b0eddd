import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogBook } from './book.ts';
import { continuedBy } from './folds.ts';
import { findBeside, placeOfLine } from './search.ts';
import { createLogView, finderOf, type LogFilter } from './view.ts';

const head = (text: string): string => `26/11/21 12:00:01 INFO Job: ${text}`;

function seen(texts: string[], words: string, filter: LogFilter = {}) {
  const book = createLogBook(1_000_000);
  book.add(texts.map((text, at) => ({ at, text, source: 0 })));
  const text = finderOf(words, false);
  const shown = createLogView(book, filter);
  const matches = createLogView(book, { ...filter, folded: false, ...(text === null ? {} : { text }) });
  shown.advance();
  matches.advance();
  const find = (from: number, backwards = false) => {
    const found = findBeside(book, shown, matches, from, backwards);
    return found && [placeOfLine(book, shown, found.line), found.number];
  };
  return { book, shown, find };
}

describe('search', () => {
  it('goes forwards and backwards and around the end, and counts', () => {
    const { find } = seen(['x', 'hit', 'x', 'hit', 'x'].map(head), 'hit');
    expect([find(-1), find(1), find(2), find(3)]).toEqual([
      [1, 1],
      [3, 2],
      [3, 2],
      [1, 1],
    ]);
    expect([find(3, true), find(2, true), find(1, true)]).toEqual([
      [1, 1],
      [1, 1],
      [3, 2],
    ]);
  });

  it('finds nothing where nothing is', () => {
    expect(seen([head('x')], 'hit').find(0)).toBeNull();
  });

  it('finds what is folded away, behind the line it stands behind', () => {
    const { find } = seen([head('one'), '\tat hit(A.java:1)', '\tat other(B.java:1)', head('two')], 'hit', { folded: true });
    expect([find(-1), find(0), find(1, true)]).toEqual([
      [0.5, 1],
      [0.5, 1],
      [0.5, 1],
    ]);
  });

  it('agrees with a plain search, over many pages', () => {
    const size = 10_000;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 12 }), fc.nat(size - 1), (hits, from) => {
        const places = hits.toSorted((one, other) => one - other);
        const { find } = seen(
          Array.from({ length: size }, (_, at) => head(hits.includes(at) ? 'hit' : 'x')),
          'hit',
        );
        const place = places.find((each) => each > from) ?? places[0] ?? -1;
        expect(find(from)).toEqual([place, places.indexOf(place) + 1]);
        const back = places.findLast((each) => each < from) ?? places.at(-1) ?? -1;
        expect(find(from, true)).toEqual([back, places.indexOf(back) + 1]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a fold', () => {
  it('counts what continues a line, over the end of a page', () => {
    const { book, shown } = seen(
      [head('a'), ...Array.from({ length: 5000 }, () => '\tat a.b(C.java:1)'), head('b'), '\tat c'],
      'x',
    );
    const [first, last] = [shown.read(0, 1)[0], shown.read(5001, 1)[0]];
    expect([first, last].map((line) => line && continuedBy(book, line))).toEqual([5000, 1]);
  });

  it('is nothing for a line that was forgotten', () => {
    const { book } = seen([head('a')], 'x');
    expect(continuedBy(book, { id: 9, at: -5, source: 0, text: '', level: null, head: 9 })).toBe(0);
  });
});

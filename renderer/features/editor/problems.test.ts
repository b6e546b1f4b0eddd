import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../shared/contract/submissions.ts';
import { afterChange } from './problems.ts';

const text = 'a: 1\nb: 2\n---\nc: 3\nd: 4\n---\ne: 5';
const at = (line: number): Problem => ({
  document: 0,
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
  field: '',
  failure: { code: 'empty' },
});

describe('afterChange', () => {
  it.each([
    ['a letter in the first document', { first: 1, last: 1, count: 1 }, [4, 7]],
    ['a new line in the first document', { first: 2, last: 2, count: 2 }, [5, 8]],
    ['a letter in the second document', { first: 4, last: 4, count: 1 }, [1, 7]],
    ['two lines fewer in the second document', { first: 4, last: 5, count: 0 }, [1, 5]],
    ['a letter in the last document', { first: 7, last: 7, count: 1 }, [1, 4]],
    ['a change over a separator', { first: 2, last: 4, count: 1 }, [5]],
    ['a separator taken away', { first: 3, last: 3, count: 1 }, [7]],
  ])('%s', (_, change, lines) => {
    expect(afterChange([at(1), at(4), at(7)], text, change).map((problem) => problem.line)).toEqual(lines);
  });
});

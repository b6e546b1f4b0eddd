import { expect, it } from 'vitest';
import { indentAfter } from './indent.ts';

it.each([
  ['', 0],
  ['kind: A', 0],
  ['spec:', 2],
  ['  driver:', 4],
  ['  driver:  # the one', 4],
  ['    cores: 1', 4],
  ['  - name: data', 4],
  ['  - name:', 6],
  ['  - "a: b"', 2],
  ['  - plain', 2],
  ['  - url: http://x', 4],
  ['  # a comment:', 2],
  ['    ', 4],
  ['  image: spark:3.5', 2],
])('after %j come %i blanks', (before, count) => expect(indentAfter(before)).toBe(' '.repeat(count)));

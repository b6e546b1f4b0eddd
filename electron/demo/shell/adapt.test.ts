import { expect, test } from 'vitest';
import { adapt, judge } from './adapt.ts';
import { loadLibrary } from './library.ts';
import { inputOf } from './standard-files.ts';

const library = await loadLibrary();

test.each([
  ['echo a', 'whole'],
  ['if true; then', 'unfinished'],
  ['if true; then echo a', 'unfinished'],
  ['if true; then echo a; fi', 'whole'],
  ['for i in 1 2; do', 'unfinished'],
  ['while read x; do\necho $x', 'unfinished'],
  ['f() {', 'unfinished'],
  ['f() { echo a; }', 'whole'],
  ['echo "a', 'unfinished'],
  ["echo 'a\nb'", 'whole'],
  ['echo a \\\n', 'unfinished'],
  ['echo a |', 'unfinished'],
  ['echo a &&\n', 'unfinished'],
  ['cat <<END\na\n', 'unfinished'],
  ['cat <<END\na\nEND\n', 'whole'],
  ['fi', 'wrong'],
])('%j is %s', (source, verdict) => {
  expect(judge(library, source).verdict).toBe(verdict);
});

test.each([
  ['cat', [], 'all'],
  ['cat', ['file'], null],
  ['cat', ['-n', 'file'], null],
  ['cat', ['file', '-'], 'all'],
  ['head', ['-n', '5'], 'all'],
  ['head', ['-n', '5', 'file'], null],
  ['grep', ['-i', 'word'], 'all'],
  ['grep', ['word', 'file'], null],
  ['cut', ['-d', ':', '-f', '1'], 'all'],
  ['read', ['x'], 'line'],
  ['tar', ['xf', '-', '-C', '/tmp'], 'all'],
  ['tar', ['-xmf', '-'], 'all'],
  ['tar', ['cf', '-', '/tmp'], null],
  ['echo', ['-'], null],
] as const)('%s %j reads %s of its input', (program, args, wanted) => {
  expect(inputOf(program, [...args])).toBe(wanted);
});

test('a function is there twice: for calls that are captured and for others', () => {
  const { source, functions } = adapt(library, 'f() { echo a; }; f; x=$(f)', []);
  expect([...functions.keys()]).toEqual(['f']);
  expect(source).toContain('__live_f');
  expect(source).toContain('x=$(f)');
});

test('a function of an earlier line is known', () => {
  expect(adapt(library, 'f', ['f']).source.trim()).toBe('__live_f');
  expect(adapt(library, 'f | cat', ['f']).source).toMatch(/^f \|/);
});

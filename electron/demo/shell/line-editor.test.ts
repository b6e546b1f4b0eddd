import { expect, test } from 'vitest';
import { type Editor, type Effect, emptyEditor, prompted, type } from './line-editor.ts';

/** Types all keys; what was shown, and what else followed. */
function typed(keys: string, from: Editor = emptyEditor) {
  let editor = from;
  const effects: Effect[] = [];
  for (const key of keys) {
    const [next, more] = type(editor, key);
    editor = next;
    effects.push(...more);
  }
  const shown = effects.map((effect) => (effect.kind === 'echo' ? effect.text : '')).join('');
  const others = effects
    .filter(({ kind }) => kind !== 'echo')
    .map((effect) => (effect.kind === 'line' ? effect.text : effect.kind));
  return { editor, shown, others };
}

test.each([
  ['a line', 'ls\r', ['ls']],
  ['backspace', 'lz\u007fs\r', ['ls']],
  ['backspace at the start', '\u007f\u007fls\r', ['ls']],
  ['Ctrl-U takes what is before the cursor', 'rm -rf\u0015ls\r', ['ls']],
  ['Ctrl-W takes a word', 'echo one two  \u0017three\r', ['echo one three']],
  ['Ctrl-K takes what is behind the cursor', 'ls -l\u001b[D\u001b[D\u000b\r', ['ls ']],
  ['arrows and an insertion', 'ac\u001b[Db\r', ['abc']],
  ['Home and End', 'bc\u0001a\u0005d\r', ['abcd']],
  ['Delete', 'abc\u0001\u001b[3~\r', ['bc']],
  ['Delete at the end', 'abc\u001b[3~\r', ['abc']],
  ['Ctrl-C forgets the line', 'abc\u0003ls\r', ['interrupt', 'ls']],
  ['Ctrl-D on an empty line', '\u0004', ['end']],
  ['Ctrl-D behind text does nothing', 'a\u0004\r', ['a']],
  ['an unknown sequence', 'a\u001b[15~b\r', ['ab']],
  ['other control characters', 'a\u0002\tb\r', ['ab']],
  ['letters of two bytes and of two units', 'é😀\u007fx\r', ['éx']],
])('%s', (_name, keys, others) => {
  expect(typed(keys).others).toEqual(others);
});

test('what is shown is what a screen needs', () => {
  expect(typed('ab\u007f\r').shown).toBe('ab\u001b[1D\u001b[K\r\n');
  expect(typed('ac\u001b[Db').shown).toBe('ac\u001b[1Dbc\u001b[1D');
  expect(typed('x\u0003').shown).toBe('x^C\r\n');
});

test('the history goes back, forth and no further, without repetitions', () => {
  const start = prompted(emptyEditor, '$ ', true);
  const { editor } = typed('one\rtwo\rtwo\r\r', start);
  expect(editor.history).toEqual(['one', 'two']);
  expect(typed('\u001b[A\r', editor).others).toEqual(['two']);
  expect(typed('\u001b[A\u001b[A\u001b[A\r', editor).others).toEqual(['one']);
  expect(typed('\u001b[A\u001b[B\u001b[B\r', editor).others).toEqual(['']);
  expect(typed('one\r').editor.history).toBeNull();
});

test('a line without end does not grow for ever', () => {
  expect(typed('x'.repeat(10_000)).editor.text).toHaveLength(4096);
});

/**
 * The line a user types at a terminal. Pure: a character in, the next state and what follows from it out.
 *
 *   typing ──Enter──▶ line     typing ──Ctrl-C──▶ interrupt
 *   empty ──Ctrl-D──▶ end      typing ──ESC──▶ escape ──final letter──▶ typing
 */
export interface Editor {
  /** Characters of the line so far. */
  text: string[];
  cursor: number;
  /** What stands before the line; needed to draw it again. */
  prompt: string;
  /** Earlier lines, oldest first; null where no history is kept. */
  history: string[] | null;
  /** Which line of the history is shown; its length for the line that is new. */
  recalled: number;
  /** What came of an escape sequence, '' outside of one. */
  escape: string;
}

export type Effect = { kind: 'echo'; text: string } | { kind: 'line'; text: string } | { kind: 'end' } | { kind: 'interrupt' };

export const emptyEditor: Editor = { text: [], cursor: 0, prompt: '', history: null, recalled: 0, escape: '' };

const HISTORY = 500;
const LONGEST = 4096;
const ESC = '\u001b';

const echo = (text: string): Effect[] => (text === '' ? [] : [{ kind: 'echo', text }]);
const left = (count: number): string => (count > 0 ? `${ESC}[${count}D` : '');
const right = (count: number): string => (count > 0 ? `${ESC}[${count}C` : '');

type Step = [Editor, Effect[]];

/** The same editor before a new line, with another prompt; `remembers` says whether lines go to its history. */
export function prompted(editor: Editor, prompt: string, remembers: boolean): Editor {
  const history = remembers ? (editor.history ?? []) : editor.history;
  return { ...editor, prompt, history, recalled: history?.length ?? 0 };
}

/** Takes one character (a code point). */
export function type(editor: Editor, character: string): Step {
  if (editor.escape !== '') return escaped(editor, editor.escape + character);
  switch (character) {
    case '\r':
    case '\n':
      return enter(editor);
    case '\u0003':
      return [cleared(editor), [...echo('^C\r\n'), { kind: 'interrupt' }]];
    case '\u0004':
      return editor.text.length === 0 ? [editor, [{ kind: 'end' }]] : [editor, []];
    case '\u007f':
    case '\b':
      return erase(editor, editor.cursor - 1, editor.cursor);
    case '\u0015':
      return erase(editor, 0, editor.cursor);
    case '\u0017':
      return erase(editor, wordStart(editor), editor.cursor);
    case '\u000b':
      return erase(editor, editor.cursor, editor.text.length);
    case '\u0001':
      return move(editor, 0);
    case '\u0005':
      return move(editor, editor.text.length);
    case '\u000c':
      return [
        editor,
        echo(`${ESC}[H${ESC}[2J${editor.prompt}${editor.text.join('')}${left(editor.text.length - editor.cursor)}`),
      ];
    case ESC:
      return [{ ...editor, escape: ESC }, []];
    default:
      return character < ' ' || editor.text.length >= LONGEST ? [editor, []] : insert(editor, character);
  }
}

const cleared = (editor: Editor): Editor => ({
  ...editor,
  text: [],
  cursor: 0,
  recalled: editor.history?.length ?? 0,
  escape: '',
});

function enter(editor: Editor): Step {
  const text = editor.text.join('');
  const known = editor.history;
  const history = known === null || text.trim() === '' || known.at(-1) === text ? known : [...known, text].slice(-HISTORY);
  return [cleared({ ...editor, history }), [...echo('\r\n'), { kind: 'line', text }]];
}

function insert(editor: Editor, character: string): Step {
  const { text, cursor } = editor;
  const rest = text.slice(cursor);
  const next = { ...editor, text: [...text.slice(0, cursor), character, ...rest], cursor: cursor + 1 };
  return [next, echo(character + rest.join('') + left(rest.length))];
}

function erase(editor: Editor, from: number, to: number): Step {
  if (from < 0 || from >= to) return [editor, []];
  const { text, cursor } = editor;
  const rest = text.slice(to);
  const next = { ...editor, text: [...text.slice(0, from), ...rest], cursor: from };
  return [next, echo(`${left(cursor - from)}${rest.join('')}${ESC}[K${left(rest.length)}`)];
}

function wordStart({ text, cursor }: Editor): number {
  let at = cursor;
  while (at > 0 && text[at - 1] === ' ') at -= 1;
  while (at > 0 && text[at - 1] !== ' ') at -= 1;
  return at;
}

function move(editor: Editor, to: number): Step {
  const goal = Math.max(0, Math.min(editor.text.length, to));
  const steps = goal - editor.cursor;
  return [{ ...editor, cursor: goal }, echo(steps < 0 ? left(-steps) : right(steps))];
}

function escaped(editor: Editor, sequence: string): Step {
  const done = { ...editor, escape: '' };
  if (sequence === `${ESC}[` || sequence === `${ESC}O` || /^\[[0-9;]{1,8}$/.test(sequence.slice(1))) {
    return [{ ...editor, escape: sequence }, []];
  }
  switch (sequence.replace('O', '[').slice(1)) {
    case '[A':
      return recall(done, done.recalled - 1);
    case '[B':
      return recall(done, done.recalled + 1);
    case '[C':
      return move(done, done.cursor + 1);
    case '[D':
      return move(done, done.cursor - 1);
    case '[H':
      return move(done, 0);
    case '[F':
      return move(done, done.text.length);
    case '[3~':
      return erase(done, done.cursor, done.cursor + 1 > done.text.length ? done.cursor : done.cursor + 1);
    default:
      return [done, []];
  }
}

function recall(editor: Editor, index: number): Step {
  const { history } = editor;
  if (history === null || index < 0 || index > history.length) return [editor, []];
  const text = [...(history[index] ?? '')];
  const next = { ...editor, text, cursor: text.length, recalled: index };
  return [next, echo(`${left(editor.cursor)}${text.join('')}${ESC}[K`)];
}

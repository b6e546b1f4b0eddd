import { StringDecoder } from 'node:string_decoder';
import type { Input } from './input.ts';
import { type Effect, emptyEditor, prompted, type } from './line-editor.ts';

/** Size in characters. */
export interface TerminalSize {
  columns: number;
  rows: number;
}

/** The kernel's and readline's part between a user's keys and a program: echo, editing, signals, line ends. */
export interface Terminal {
  size: TerminalSize;
  /** Takes what the user typed. */
  type(chunk: Uint8Array): void;
  /** What a program writes, with the line ends a terminal wants. */
  cook(text: Buffer): Buffer;
  /** Tells what stands before the line that is typed now, and whether it goes to the history. */
  prompt(text: string, remembers: boolean): void;
  /** Lines of the history, oldest first. */
  history(): string[];
}

/** `echo` writes to the user's screen, `interrupt` is Ctrl-C. */
export function createTerminal(input: Input, echo: (text: string) => void, interrupt: () => void): Terminal {
  const decoder = new StringDecoder('utf8');
  let editor = emptyEditor;
  /** What an editor's step asks for; returns what is to be shown. */
  const follow = (effects: Effect[]): string => {
    let shown = '';
    for (const effect of effects) {
      if (effect.kind === 'echo') shown += effect.text;
      else if (effect.kind === 'line') input.push(Buffer.from(`${effect.text}\n`));
      else if (effect.kind === 'end') input.mark();
      else interrupt();
    }
    return shown;
  };
  return {
    size: { columns: 80, rows: 24 },
    type(chunk) {
      let shown = '';
      for (const character of decoder.write(Buffer.from(chunk))) {
        const [next, effects] = type(editor, character);
        editor = next;
        shown += follow(effects);
      }
      if (shown !== '') echo(shown);
    },
    cook: (bytes) => (bytes.includes(10) ? Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1') : bytes),
    prompt(text, remembers) {
      editor = prompted(editor, text, remembers);
    },
    history: () => editor.history ?? [],
  };
}

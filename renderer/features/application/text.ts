/**
 * Text from the cluster, made safe to look at: control characters and those that turn or hide text are written out, so a
 * message cannot pretend to be another one. Line breaks and tabs stay.
 */
export function visible(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

// Controls but tab and line feed; zero width and bidirectional marks; line and paragraph separators; tags.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** The start of a long text: at most `lines` lines and `characters` characters, and how much is left out. */
export function fold(text: string, lines: number, characters: number): { head: string; hiddenLines: number; folded: boolean } {
  const all = text.split('\n');
  const head = all.slice(0, lines).join('\n').slice(0, characters);
  return { head, hiddenLines: Math.max(0, all.length - lines), folded: head.length < text.length };
}

/** The operator's word as it is said: `PENDING_RERUN` is "Pending rerun"; words with lower-case letters stay. */
export function spoken(word: string): string {
  if (word === '') return 'New';
  return /[a-z]/.test(word) ? word : `${word.slice(0, 1)}${word.slice(1).toLowerCase().replaceAll('_', ' ')}`;
}

/** "1 pod", "3 pods". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export { visible } from '../../../shared/visible.ts';

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

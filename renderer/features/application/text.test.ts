import { describe, expect, it } from 'vitest';
import { fold, spoken, visible } from './text.ts';

describe('visible', () => {
  it.each([
    ['plain text stays', 'driver container failed\n\twith ExitCode: 1', 'driver container failed\n\twith ExitCode: 1'],
    ['other scripts and emoji stay', '訂單 été 🔥', '訂單 été 🔥'],
    ['a terminal sequence', '\u001b[31mred', '⟨U+001B⟩[31mred'],
    ['a turned text', 'user\u202etxt.exe', 'user⟨U+202E⟩txt.exe'],
    ['hidden between letters', 'a\u200bb\ufeffc', 'a⟨U+200B⟩b⟨U+FEFF⟩c'],
    ['tags', 'x\u{e0041}', 'x⟨U+E0041⟩'],
    ['null', 'a\u0000b', 'a⟨U+0000⟩b'],
    ['line ends of Windows', 'a\r\nb', 'a\nb'],
    ['markup is text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('%s', (_name, given, shown) => expect(visible(given)).toBe(shown));
});

describe('fold', () => {
  it.each([
    ['short', 'one\ntwo', { head: 'one\ntwo', hiddenLines: 0, folded: false }],
    ['many lines', 'one\ntwo\nthree\nfour', { head: 'one\ntwo\nthree', hiddenLines: 1, folded: true }],
    ['one long line', 'x'.repeat(40), { head: 'x'.repeat(20), hiddenLines: 0, folded: true }],
  ])('%s', (_name, text, folded) => expect(fold(text, 3, 20)).toEqual(folded));
});

describe('spoken', () => {
  it.each([
    ['PENDING_RERUN', 'Pending rerun'],
    ['ContainerCreating', 'ContainerCreating'],
    ['', 'New'],
  ])('%s', (word, said) => expect(spoken(word)).toBe(said));
});

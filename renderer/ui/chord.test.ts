import { describe, expect, test } from 'vitest';
import { chordCaps, type KeyPress, matchesChord } from './chord.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('matchesChord', () => {
  test.each<[string, KeyPress, boolean, boolean]>([
    ['Mod+K', press('k', { ctrlKey: true }), false, true],
    ['Mod+K', press('k', { metaKey: true }), true, true],
    ['Mod+K', press('k', { ctrlKey: true }), true, false],
    ['Mod+K', press('k'), false, false],
    ['k', press('k', { ctrlKey: true }), false, false],
    ['j ArrowDown', press('ArrowDown'), false, true],
    ['j ArrowDown', press('j'), false, true],
    ['?', press('?', { shiftKey: true }), false, true],
    ['[', press('['), false, true],
    ['Alt+ArrowLeft', press('ArrowLeft', { altKey: true }), false, true],
    ['Alt+ArrowLeft', press('ArrowLeft'), false, false],
    ['g', press('G', { shiftKey: true }), false, false],
    ['Shift+G', press('G', { shiftKey: true }), false, true],
    ['Mod++', press('+', { ctrlKey: true }), false, true],
  ])('%s on %j (mac %s): %s', (chord, key, mac, matches) => expect(matchesChord(key, chord, mac)).toBe(matches));
});

test.each([
  ['Mod+K', false, ['Ctrl', 'K']],
  ['Mod+K', true, ['⌘', 'K']],
  ['Mod+Enter', false, ['Ctrl', 'Enter']],
  ['Alt+ArrowLeft', false, ['Alt', '←']],
  ['Delete', false, ['Del']],
  ['/', false, ['/']],
  ['j', false, ['j']],
])('%s (mac %s) stands on the keyboard as %j', (chord, mac, caps) => expect(chordCaps(chord, mac)).toEqual(caps));

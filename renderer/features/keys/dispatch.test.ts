import { describe, expect, test } from 'vitest';
import type { KeyPress } from '../../ui/chord.ts';
import { actionOfPress, type Surroundings } from './dispatch.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const action = (id: string, keys: string) => ({ id, title: id, group: 'Test', keys, run() {} });
const actions = [action('palette', 'Mod+K'), action('back', 'Escape'), action('open', 'Enter'), action('close', 'Escape')];
const nowhere: Surroundings = { typing: false, pressable: false, modal: false };

describe('actionOfPress', () => {
  test.each<[string, KeyPress, Partial<Surroundings>, string | null]>([
    ['runs anywhere', press('Enter'), {}, 'open'],
    ['is text in a field', press('Enter'), { typing: true }, null],
    ['is ours in a field with Ctrl', press('k', { ctrlKey: true }), { typing: true }, 'palette'],
    ['presses the button it is on', press('Enter'), { pressable: true }, null],
    ['passes a button by', press('Escape'), { pressable: true }, 'close'],
    ['stays in a dialog', press('k', { ctrlKey: true }), { modal: true }, null],
    ['goes to the latest of two', press('Escape'), {}, 'close'],
    ['means nothing', press('x'), {}, null],
  ])('%s', (_, key, around, id) => {
    expect(actionOfPress(key, { ...nowhere, ...around }, actions, false)?.id ?? null).toBe(id);
  });
});

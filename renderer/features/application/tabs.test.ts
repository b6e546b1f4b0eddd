import { expect, test } from 'vitest';
import { besides, tabOf } from './tabs.ts';

test.each([
  ['yaml', 'yaml'],
  ['logs', 'logs'],
  ['history', 'overview'],
  ['', 'overview'],
])('the address part "%s" opens %s', (text, tab) => expect(tabOf(text)).toBe(tab));

test.each([
  ['overview', 1, 'logs'],
  ['overview', -1, 'events'],
  ['events', 1, 'overview'],
] as const)('from %s by %d to %s', (tab, by, next) => expect(besides(tab, by)).toBe(next));

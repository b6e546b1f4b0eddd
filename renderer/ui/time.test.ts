import { expect, test } from 'vitest';
import { formatAge, formatClock, formatDuration, formatExact, formatRelative } from './time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-5_000, '0 s', '0 s'],
  [0, '0 s', '0 s'],
  [59_999, '59 s', '59 s'],
  [minute, '1 m 00 s', '1 m'],
  [4 * minute + 12_000, '4 m 12 s', '4 m'],
  [hour + 3 * minute + 59_000, '1 h 03 m', '1 h'],
  [day - 1, '23 h 59 m', '23 h'],
  [2 * day + 4 * hour, '2 d 04 h', '2 d'],
])('%d ms lasts %s and is %s old', (length, duration, age) => {
  expect(formatDuration(length)).toBe(duration);
  expect(formatAge(length)).toBe(age);
});

test.each([
  [0, 'just now'],
  [900, 'just now'],
  [4 * minute, '4 m ago'],
  [-30_000, 'in 30 s'],
])('%d ms before now is %s', (before, text) => {
  expect(formatRelative(1_000_000 - before, 1_000_000)).toBe(text);
});

test('exact times name their zone', () => {
  const at = Date.UTC(2026, 2, 4, 11, 3, 41);
  expect(formatClock(at, 'UTC')).toBe('11:03:41');
  expect(formatExact(at, 'UTC')).toBe('2026-03-04 11:03:41 UTC');
  expect(formatExact(at, 'Europe/Vienna')).toBe('2026-03-04 12:03:41 UTC+1');
  expect(formatExact(at, 'America/St_Johns')).toBe('2026-03-04 07:33:41 UTC-3:30');
});

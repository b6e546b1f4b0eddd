import { expect, test } from 'vitest';
import { ageText, durationText } from './age.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [-5 * SECOND, '<invalid>'],
  [0, '0s'],
  [119 * SECOND, '119s'],
  [2 * MINUTE, '2m'],
  [4 * MINUTE + 3 * SECOND, '4m3s'],
  [10 * MINUTE + 3 * SECOND, '10m'],
  [179 * MINUTE, '179m'],
  [3 * HOUR + 11 * MINUTE, '3h11m'],
  [8 * HOUR + 11 * MINUTE, '8h'],
  [47 * HOUR, '47h'],
  [2 * DAY + 5 * HOUR, '2d5h'],
  [8 * DAY + 5 * HOUR, '8d'],
  [729 * DAY, '729d'],
  [731 * DAY, '2y1d'],
])('%d ms: %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('no time is unknown', () => {
  expect(ageText('', 0)).toBe('<unknown>');
});

import { expect, test } from 'vitest';
import { readSchedule } from './cron.ts';

const at = (text: string): number => Date.parse(text);
const next = (schedule: string, after: string, zone = 'Local'): string | null => {
  const found = readSchedule(schedule, zone)(at(after));
  return found === null ? null : new Date(found).toISOString().replace('.000Z', 'Z');
};

test.each([
  ['* * * * *', '2026-11-21T10:05:58Z', '2026-11-21T10:06:00Z'],
  ['*/15 * * * *', '2026-11-21T10:05:58Z', '2026-11-21T10:15:00Z'],
  ['@hourly', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z'],
  ['@daily', '2026-11-21T10:00:00Z', '2026-11-22T00:00:00Z'],
  ['@weekly', '2026-11-21T10:00:00Z', '2026-11-22T00:00:00Z'],
  ['@monthly', '2026-11-21T10:00:00Z', '2026-12-01T00:00:00Z'],
  ['@yearly', '2026-11-21T10:00:00Z', '2027-01-01T00:00:00Z'],
  ['@every 90s', '2026-11-21T10:05:58.700Z', '2026-11-21T10:07:28Z'],
  ['@every 1h30m', '2026-11-21T10:00:00Z', '2026-11-21T11:30:00Z'],
  ['@every 10ms', '2026-11-21T10:00:00.900Z', '2026-11-21T10:00:01Z'],
  ['0 6 ? * mon-fri', '2026-11-21T10:00:00Z', '2026-11-23T06:00:00Z'],
  // Where day of month and day of week are both given, either is enough.
  ['0 0 1 * sun', '2026-11-21T10:00:00Z', '2026-11-22T00:00:00Z'],
  ['CRON_TZ=Europe/Berlin 0 6 * * *', '2026-11-21T10:00:00Z', '2026-11-22T05:00:00Z'],
  ['TZ=Asia/Tokyo @daily', '2026-11-21T10:00:00Z', '2026-11-21T15:00:00Z'],
])('%s after %s: %s', (schedule, after, wanted) => {
  expect(next(schedule, after)).toBe(wanted);
});

test('a time zone beside the schedule counts, one in it more', () => {
  expect(next('0 6 * * *', '2026-11-21T10:00:00Z', 'America/New_York')).toBe('2026-11-21T11:00:00Z');
  expect(next('TZ=UTC 0 6 * * *', '2026-11-21T10:00:00Z', 'America/New_York')).toBe('2026-11-22T06:00:00Z');
});

test('a day that never comes is no time', () => {
  expect(next('0 0 30 2 *', '2026-11-21T10:00:00Z')).toBeNull();
});

test.each([
  ['', 'empty spec string'],
  ['every minute', 'expected exactly 5 fields, found 2: [every minute]'],
  ['0 0 0 * * *', 'expected exactly 5 fields, found 6: [0 0 0 * * *]'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ['60 * * * *', 'end of range (60) above maximum (59): 60'],
  ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['* * * * 7', 'end of range (7) above maximum (6): 7'],
  ['30-10 * * * *', 'beginning of range (30) beyond end of range (10): 30-10'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['* * L * *', 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax'],
  ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
  ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
  ['TZ=Mars/Base * * * * *', 'provided bad location Mars/Base: unknown time zone Mars/Base'],
])('%s is none: %s', (schedule, message) => {
  expect(() => readSchedule(schedule, 'Local')).toThrow(new Error(message));
});

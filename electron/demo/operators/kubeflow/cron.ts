import { Cron } from 'croner';

/** The first moment after `after`, both epoch milliseconds; null when there is none. */
export type NextTime = (after: number) => number | null;

const shortForms: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

interface Field {
  from: number;
  to: number;
  names: string;
}

const fields: Field[] = [
  { from: 0, to: 59, names: '' },
  { from: 0, to: 23, names: '' },
  { from: 1, to: 31, names: '' },
  { from: 1, to: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec' },
  { from: 0, to: 6, names: 'sun mon tue wed thu fri sat' },
];

/**
 * Reads a schedule as the operator's cron library (robfig/cron, standard five fields) does: `@every 90s`, `@hourly` and the like, a
 * leading `CRON_TZ=` or `TZ=`. `zone` is an IANA name, or Local for that of the operator's pod, which is UTC. Throws with that
 * library's words.
 */
export function readSchedule(text: string, zone: string): NextTime {
  const [, named, rest] = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/s.exec(text) ?? [];
  const expression = (rest ?? text).trim();
  const where = named ?? zone;
  if (expression === '') throw new Error('empty spec string');
  if (where !== 'Local' && !isZone(where)) throw new Error(`provided bad location ${where}: unknown time zone ${where}`);
  const every = /^@every\s+(.*)$/.exec(expression)?.[1];
  if (every !== undefined) return everyFrom(every);
  const five = expression.startsWith('@') ? shortForms[expression] : expression;
  if (five === undefined) throw new Error(`unrecognized descriptor: ${expression}`);
  check(five);
  const options = { mode: '5-part', paused: true, timezone: where === 'Local' ? 'UTC' : where } as const;
  // For that library a question mark is an asterisk; croner takes it for the present time.
  const cron = new Cron(five.replaceAll('?', '*'), options);
  return (after) => cron.nextRun(new Date(after))?.getTime() ?? null;
}

/** Whether there is a time zone of that name. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

const units: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A Go duration, at least one second and without fractions of one; moments are whole seconds too. */
function everyFrom(text: string): NextTime {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (text === '' || parts.map(([whole]) => whole).join('') !== text) {
    throw new Error(`failed to parse duration @every ${text}: time: invalid duration "${text}"`);
  }
  const milliseconds = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0);
  const seconds = Math.max(1, Math.floor(milliseconds / 1000));
  return (after) => (Math.floor(after / 1000) + seconds) * 1000;
}

function check(expression: string): void {
  const texts = expression.split(/\s+/);
  if (texts.length !== fields.length) {
    throw new Error(`expected exactly 5 fields, found ${texts.length}: [${texts.join(' ')}]`);
  }
  for (const [index, field] of fields.entries()) {
    for (const range of (texts[index] ?? '').split(',')) checkRange(range, field);
  }
}

function checkRange(text: string, { from, names, to }: Field): void {
  const known = names.split(' ');
  const numberOf = (word: string): number => {
    const named = names === '' ? -1 : known.indexOf(word.toLowerCase());
    if (named >= 0) return named + from;
    if (!/^\d+$/.test(word)) {
      throw new Error(`failed to parse int from ${word}: strconv.Atoi: parsing "${word}": invalid syntax`);
    }
    return Number(word);
  };
  const [range = '', step, ...slashes] = text.split('/');
  const [first = '', last, ...hyphens] = range.split('-');
  if (hyphens.length > 0) throw new Error(`too many hyphens: ${text}`);
  if (slashes.length > 0) throw new Error(`too many slashes: ${text}`);
  const star = first === '*' || first === '?';
  const start = star ? from : numberOf(first);
  const open = star || (last === undefined && step !== undefined);
  const end = open ? to : numberOf(last ?? first);
  if (start < from) throw new Error(`beginning of range (${start}) below minimum (${from}): ${text}`);
  if (end > to) throw new Error(`end of range (${end}) above maximum (${to}): ${text}`);
  if (start > end) throw new Error(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step !== undefined && numberOf(step) === 0) throw new Error(`step of range should be a positive number: ${text}`);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number) => String(value).padStart(2, '0');

/** A length of time in its two largest units: `45 s`, `4 m 12 s`, `1 h 03 m`, `2 d 04 h`. Negative lengths (skewed clocks) are `0 s`. */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} m ${two(Math.floor((length % MINUTE) / SECOND))} s`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h ${two(Math.floor((length % HOUR) / MINUTE))} m`;
  return `${Math.floor(length / DAY)} d ${two(Math.floor((length % DAY) / HOUR))} h`;
}

/** A length of time in its largest unit, for ages: `45 s`, `4 m`, `3 h`, `12 d`. */
export function formatAge(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} m`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} d`;
}

/** `4 m ago`, or `just now` below a second. `in 4 m` for what is yet to come. */
export function formatRelative(at: number, now: number): string {
  const length = now - at;
  if (Math.abs(length) < SECOND) return 'just now';
  return length > 0 ? `${formatAge(length)} ago` : `in ${formatAge(-length)}`;
}

/** `12:03:41` in the zone of the person, or in `zone`. */
export function formatClock(at: number, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone });
  return parts.format(at);
}

const exactFormats = new Map<string | undefined, Intl.DateTimeFormat>();

/** Making a format costs a hundred times more than using it, and a table of 200 rows uses it 400 times a second. */
function exactFormat(zone: string | undefined): Intl.DateTimeFormat {
  const known = exactFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
    timeZoneName: 'shortOffset',
  });
  exactFormats.set(zone, made);
  return made;
}

/** The exact time with its zone, for tooltips and copies: `2026-03-04 12:03:41 UTC+1`. */
export function formatExact(at: number, zone?: string): string {
  const parts = exactFormat(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', 'UTC').replace('−', '-').replace(/\+0$/, '');
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${offset}`;
}

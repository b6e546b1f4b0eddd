import type { LogSource } from '../../../shared/contract/logs.ts';
import type { Level } from '../../../shared/logs/level.ts';

/** Hues there are for pods (`--log-0` and on in the theme). */
const HUES = 8;

/** How a source is called in its column: `driver`, `exec 3`, with container, attempt and start where those tell more. */
export function labelOf({ role, executor, container, main, attempt, restart }: LogSource): string {
  const who = role === 'driver' ? 'driver' : `exec ${executor ?? '?'}`;
  const parts = [who, main ? '' : `/${container}`, attempt > 1 ? ` · ${attempt}` : '', restart > 0 ? ` ↻${restart}` : ''];
  return parts.join('');
}

/** The hue of a source: the driver has the first, executors the others in turn. */
export function hueOf({ role, executor, number }: LogSource): number {
  if (role === 'driver') return 0;
  const own = Number.parseInt(executor ?? '', 10);
  return 1 + ((Number.isNaN(own) ? number : own) % (HUES - 1));
}

/** What is going on with a source, in words. */
export function stateWords({ state, lines }: LogSource): string {
  const read = `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
  switch (state.state) {
    case 'pending':
      return state.why ?? 'has not started';
    case 'opening':
      return `${read}, connecting`;
    case 'live':
      return `${read}, live`;
    case 'waiting':
      return `${read}, interrupted: tries again by itself`;
    case 'ended':
      return state.reason === 'over' ? `${read}, complete` : `${read}, the pod is gone`;
  }
}

/** One letter for a level, as it stands in the margin. */
export const letterOf: Record<Level, string> = { trace: 'T', debug: 'D', info: 'I', warn: 'W', error: 'E', fatal: 'F' };

/** The time of a line in the person's zone: `12:03:41.123`. */
export function clockOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Epoch milliseconds of `12:03` or `12:03:41` on the day of `newest`, or the day before where that were later; null for anything else. */
export function timeNear(text: string, newest: number): number | null {
  const [whole, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  const date = new Date(newest);
  date.setHours(Number(hours), Number(minutes), Number(seconds), 0);
  if (date.getTime() > newest) date.setDate(date.getDate() - 1);
  return date.getTime();
}

/** A text cut at what is sought, for marking; odd pieces are matches. At most 100 of them. */
export function marked(text: string, pattern: RegExp | null): string[] {
  if (pattern === null) return [text];
  const all = new RegExp(pattern.source, `${pattern.flags}g`);
  const pieces: string[] = [];
  let end = 0;
  for (const found of text.matchAll(all)) {
    if (found[0] === '' || pieces.length >= 200) break;
    pieces.push(text.slice(end, found.index), found[0]);
    end = found.index + found[0].length;
  }
  return [...pieces, text.slice(end)];
}

import { setImmediate as turn } from 'node:timers/promises';
import type { LogSource } from '../../shared/contract/logs.ts';
import type { BookLine } from '../../shared/logs/book.ts';
import { createLogView, type LogFilter } from '../../shared/logs/view.ts';
import type { ApplicationLog } from './application-log.ts';

/** What passes `filter` now as text, a page at a time: time (ISO 8601), pod, and the line as it was written. */
export async function* textOf(log: ApplicationLog, filter: LogFilter): AsyncGenerator<string> {
  const view = createLogView(log.book, filter);
  const names = new Map(log.sources().map((source) => [source.number, nameOf(source)]));
  const written = ({ at, source, text }: BookLine) => `${new Date(at).toISOString()} ${names.get(source) ?? '?'} ${text}\n`;
  while (!view.advance(1)) await turn();
  for (const page of log.book.pages()) {
    const text = view.passed(page).map(written).join('');
    if (text !== '') yield text;
  }
}

/** The pod; with its container where that is not Spark's own. */
function nameOf({ pod, container, main }: LogSource): string {
  return main ? pod : `${pod}/${container}`;
}

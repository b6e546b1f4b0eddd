import { sparkEvent } from '../spark/events.ts';
import { type Instant, instant, type ObservationType } from './instant.ts';
import type { Mark } from './timeline.ts';

/** One moment at which an event happened, with how often it had by then. */
interface Occurrence extends Instant {
  readonly count: number;
}

/** One Event object: Kubernetes counts repetitions in place, so each moment that was seen is kept. */
export interface EventRecord {
  readonly uid: string;
  readonly reason: string;
  readonly type: 'Normal' | 'Warning';
  readonly message: string;
  readonly about: { readonly kind: string; readonly name: string; readonly uid: string };
  readonly occurrences: readonly Occurrence[];
}

/** The record after one more change; the same record when nothing is new (an event's deletion means nothing), null for no event. */
export function recordEvent(
  record: EventRecord | undefined,
  object: unknown,
  at: number,
  type: ObservationType,
): EventRecord | null {
  const event = sparkEvent(object);
  if (event === null || type === 'deleted') return record ?? null;
  const last = record?.occurrences.at(-1);
  if (record !== undefined && last !== undefined && last.count >= event.count) return record;
  const isFirst = record === undefined;
  const first: Occurrence = { ...instant(event.firstAt, at, isFirst && event.count > 1 ? 'listed' : type), count: 1 };
  const latest: Occurrence = { ...instant(event.lastAt, at, type), count: event.count };
  const { uid, reason, message, about } = event;
  return {
    uid,
    reason,
    type: event.type,
    message,
    about,
    occurrences: isFirst ? (event.count > 1 ? [first, latest] : [first]) : [...record.occurrences, latest],
  };
}

/** The marks of an event on the timeline, one a moment that is known. */
export function eventMarks(record: EventRecord): Mark[] {
  const { about, message, occurrences, reason, type } = record;
  return occurrences.map(({ at, count }) => ({ at, type, reason, message, about: `${about.kind} ${about.name}`.trim(), count }));
}

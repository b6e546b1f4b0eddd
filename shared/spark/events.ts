import { field, numberAt, textAt } from '../json.ts';
import { parseTime } from '../time.ts';
import { kindOf, metadataOf } from './objects.ts';

/** An event of either API in one shape; times are epoch milliseconds. */
export interface SparkEvent {
  uid: string;
  reason: string;
  type: 'Normal' | 'Warning';
  /** Hostile text, may be many lines. */
  message: string;
  about: { kind: string; name: string; uid: string };
  count: number;
  firstAt: number | null;
  /** Equals `firstAt` while it happened once. */
  lastAt: number | null;
}

/**
 * Reads core/v1 (`involvedObject`, `message`, `firstTimestamp`) and events.k8s.io/v1 (`regarding`, `note`, `series`);
 * null when `object` is no event.
 */
export function sparkEvent(object: unknown): SparkEvent | null {
  const { group, kind } = kindOf(object);
  const about = field(object, 'involvedObject') ?? field(object, 'regarding');
  // Items of a list carry no kind.
  if (kind === '' ? about === undefined : kind !== 'Event' || (group !== '' && group !== 'events.k8s.io')) return null;
  const metadata = metadataOf(object);
  const eventTime = parseTime(textAt(object, 'eventTime'));
  const firstAt =
    parseTime(textAt(object, 'firstTimestamp') ?? textAt(object, 'deprecatedFirstTimestamp')) ?? eventTime ?? metadata.createdAt;
  const lastAt =
    parseTime(textAt(object, 'series', 'lastObservedTime')) ??
    parseTime(textAt(object, 'lastTimestamp') ?? textAt(object, 'deprecatedLastTimestamp')) ??
    firstAt;
  return {
    uid: metadata.uid,
    reason: textAt(object, 'reason') ?? '',
    type: textAt(object, 'type') === 'Warning' ? 'Warning' : 'Normal',
    message: textAt(object, 'message') ?? textAt(object, 'note') ?? '',
    about: { kind: textAt(about, 'kind') ?? '', name: textAt(about, 'name') ?? '', uid: textAt(about, 'uid') ?? '' },
    count: Math.max(
      1,
      numberAt(object, 'series', 'count') ?? numberAt(object, 'count') ?? numberAt(object, 'deprecatedCount') ?? 1,
    ),
    firstAt,
    lastAt,
  };
}

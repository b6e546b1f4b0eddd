import type { Lane, Segment } from '../../../../shared/timeline/timeline.ts';
import { formatDuration, formatExact } from '../../../ui/time.ts';
import { spoken, visible } from '../text.ts';
import { endOf } from './place.ts';
import { isFinal } from './window.ts';

/** How long a segment lasts or lasted, milliseconds; null for a final state, which has no end. */
export function lengthOf(segment: Segment, now: number): number | null {
  return segment.to === null && isFinal(segment.phase) ? null : endOf(segment, now) - segment.from;
}

/** What may be written inside a segment, the most telling first. */
export function labelsOf(segment: Segment, now: number): string[] {
  const word = visible(spoken(segment.state));
  const sign =
    segment.phase === 'failed' ? '✕ ' : segment.phase === 'succeeded' ? '✓ ' : segment.phase === 'degraded' ? '⚠ ' : '';
  const length = lengthOf(segment, now);
  const lasting = length === null ? '' : ` ${formatDuration(length)}`;
  return [`${sign}${word}${lasting}`, `${sign}${word}`, ...(sign === '' ? [] : [sign.trim()])];
}

/** One sentence that says all of a segment, for those who do not see it: the lane, the operator's own word, times, why. */
export function sentenceOf(lane: Lane, segment: Segment, now: number): string {
  const length = lengthOf(segment, now);
  const parts = [
    `${lane.label}: ${visible(segment.state || 'New')}`,
    `from ${formatExact(segment.from)}`,
    // No length that counts on: a label that changes each second is read out each second.
    ...(length === null ? [] : [segment.to === null ? 'still so' : formatDuration(length)]),
    ...(segment.why === null ? [] : [visible(segment.why)]),
  ];
  return parts.join(', ');
}

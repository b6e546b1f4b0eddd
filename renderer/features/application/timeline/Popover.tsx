import type { ReactNode } from 'react';
import type { Mark, Segment } from '../../../../shared/timeline/timeline.ts';
import { Icon } from '../../../ui/icons.tsx';
import { inkOf, lookOf } from '../../../ui/phase.ts';
import { formatClock, formatDuration, formatExact } from '../../../ui/time.ts';
import { fold, visible } from '../text.ts';
import { lengthOf } from './describe-segment.ts';
import styles from './Popover.module.css';

/** Where the pointed thing is, in the window's pixels. */
export interface Anchor {
  left: number;
  top: number;
  bottom: number;
}

const WIDTH = 360;
/** Room under the anchor below which the popover stands above it. */
const LOW = 220;

/** A small sheet beside what is pointed at. It takes neither focus nor pointer, so it is never in the way. */
export function Popover({ anchor, children }: { anchor: Anchor; children: ReactNode }) {
  const { innerWidth, innerHeight } = globalThis;
  const above = innerHeight - anchor.bottom < LOW;
  const left = Math.max(8, Math.min(anchor.left, innerWidth - WIDTH - 8));
  const place = above ? { bottom: innerHeight - anchor.top + 6 } : { top: anchor.bottom + 6 };
  return (
    <div className={styles.popover} role="tooltip" style={{ left, width: WIDTH, ...place }}>
      {children}
    </div>
  );
}

/** All that is known of one segment. */
export function SegmentDetails({ lane, segment, now }: { lane: string; segment: Segment; now: number }) {
  const look = lookOf(segment.phase);
  const length = lengthOf(segment, now);
  return (
    <>
      <div className={styles.head}>
        <span style={{ color: inkOf(segment.phase) }} className={styles.icon}>
          <Icon name={look.hue} size={14} />
        </span>
        <strong className={styles.word}>{visible(segment.state || 'New')}</strong>
        {look.word.toLowerCase() !== segment.state.toLowerCase() && <span className={styles.quiet}>{look.word}</span>}
        {length !== null && <span className={styles.length}>{formatDuration(length)}</span>}
      </div>
      <dl className={styles.facts}>
        <dt>Lane</dt>
        <dd>{`${visible(lane)}, attempt ${segment.attempt}`}</dd>
        <dt>From</dt>
        <dd>{formatExact(segment.from)}</dd>
        <dt>To</dt>
        <dd>{segment.to === null ? (length === null ? 'final' : 'still so') : formatExact(segment.to)}</dd>
        {segment.why !== null && (
          <>
            <dt>Why</dt>
            <dd>{visible(segment.why)}</dd>
          </>
        )}
      </dl>
      {segment.inferred && <p className={styles.note}>The start is inferred from the object’s times: nobody watched then.</p>}
    </>
  );
}

/** The events of one mark, the first six of them. */
export function MarkDetails({ marks }: { marks: readonly Mark[] }) {
  const shown = marks.slice(0, 6);
  return (
    <>
      {shown.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no key of their own, and the list is not reordered.
        <div key={index} className={styles.event}>
          <div className={styles.head}>
            <span className={styles.quiet} title={formatExact(mark.at)}>
              {formatClock(mark.at)}
            </span>
            {mark.type === 'Warning' && (
              <span style={{ color: 'var(--state-pending)' }} className={styles.icon}>
                <Icon name="warning" size={14} />
              </span>
            )}
            <strong className={styles.word}>{visible(mark.reason)}</strong>
            {mark.count > 1 && <span className={styles.quiet}>×{mark.count}</span>}
            <span className={styles.length}>{visible(mark.about)}</span>
          </div>
          <div className={styles.message}>{fold(visible(mark.message), 3, 240).head}</div>
        </div>
      ))}
      {marks.length > shown.length && <p className={styles.note}>{marks.length - shown.length} more in Events</p>}
    </>
  );
}

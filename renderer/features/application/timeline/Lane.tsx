import { memo } from 'react';
import type { Lane, Segment } from '../../../../shared/timeline/timeline.ts';
import { lookOf } from '../../../ui/phase.ts';
import { visible } from '../text.ts';
import { labelsOf, sentenceOf } from './describe-segment.ts';
import { fitLabel, type Placed, placeSegments } from './place.ts';
import styles from './Timeline.module.css';
import type { Window } from './window.ts';

interface LaneProps {
  lane: Lane;
  window: Window;
  /** Of the track, pixels. */
  width: number;
  /** The present; for lanes where nothing lasts any more a constant, so that they are not drawn again each second. */
  now: number;
  /** Indexes of lit segments; null while nothing of this lane is lit. */
  lit: ReadonlySet<number> | null;
  onPoint(lane: Lane, index: number, element: HTMLElement): void;
  onZoom(segment: Segment): void;
}

/** One lane of the timeline: its name and its segments. */
export const LaneRow = memo(function LaneRow({ lane, window, width, now, lit, onPoint, onZoom }: LaneProps) {
  const placed = placeSegments(lane.segments, window, width, now);
  return (
    <li className={styles.lane} aria-label={visible(lane.label)} data-kind={lane.kind}>
      <div className={styles.name} title={visible(lane.label)}>
        {visible(lane.label)}
      </div>
      <div className={styles.track}>
        {placed.map((one) => (
          <SegmentCell
            key={one.index}
            placed={one}
            text={fitLabel(labelsOf(one.segment, now), one.width)}
            sentence={sentenceOf(lane, one.segment, now)}
            lit={lit?.has(one.index) ?? false}
            onPoint={(element) => onPoint(lane, one.index, element)}
            onZoom={() => onZoom(one.segment)}
          />
        ))}
      </div>
    </li>
  );
});

interface SegmentCellProps {
  placed: Placed;
  text: string | null;
  sentence: string;
  lit: boolean;
  onPoint(element: HTMLElement): void;
  /** Enter or a double click: this segment alone. */
  onZoom(): void;
}

function SegmentCell({ placed, text, sentence, lit, onPoint, onZoom }: SegmentCellProps) {
  const { segment, left, width, cutLeft, cutRight, open } = placed;
  return (
    <button
      type="button"
      className={styles.segment}
      tabIndex={-1}
      aria-label={sentence}
      data-point=""
      data-hue={lookOf(segment.phase).hue}
      data-phase={segment.phase}
      data-state={segment.state}
      data-inferred={segment.inferred || undefined}
      data-cut-left={cutLeft || undefined}
      data-cut-right={cutRight || open || undefined}
      data-open={open || undefined}
      data-lit={lit || undefined}
      style={{ left, width }}
      onPointerEnter={(event) => onPoint(event.currentTarget)}
      onFocus={(event) => onPoint(event.currentTarget)}
      onClick={(event) => (event.detail === 0 || event.detail === 2) && onZoom()}
    >
      {text !== null && <span className={styles.label}>{text}</span>}
    </button>
  );
}

/** True when a segment of the lane goes on. */
export function lasts(segments: readonly Segment[]): boolean {
  return segments.at(-1)?.to === null;
}

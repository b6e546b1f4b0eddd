import type { RefCallback } from 'react';
import { formatExact } from '../../../ui/time.ts';
import styles from './Timeline.module.css';
import { ticksOf } from './ticks.ts';
import { pixelOf, type Window } from './window.ts';

interface AxisProps {
  ref: RefCallback<HTMLElement>;
  window: Window;
  width: number;
  /** Pixel of the present, or null when it is not on screen or nothing goes on. */
  edge: number | null;
  edgeWord: 'now' | 'stale';
}

/** Room the word at the edge needs: a tick's label nearer than this gives way. */
const NOW = 62;

/** The axis: round times of the person's clock, and the edge of what is known. */
export function Axis({ ref, window, width, edge, edgeWord }: AxisProps) {
  const offset = -new Date(window.from).getTimezoneOffset() * 60_000;
  return (
    <div ref={ref} className={styles.axis} aria-hidden="true">
      {ticksOf(window, width, offset).map(({ at, label }) => {
        const left = pixelOf(at, window, width);
        const covered = edge !== null && Math.abs(left + 20 - edge) < NOW / 2 + 14;
        return (
          <span key={at} className={styles.tick} style={{ left }} title={formatExact(at)}>
            {covered || left > width - 60 ? '' : label}
          </span>
        );
      })}
      {edge !== null && (
        <span className={styles.nowWord} style={{ left: edge }}>
          {edgeWord}
        </span>
      )}
    </div>
  );
}

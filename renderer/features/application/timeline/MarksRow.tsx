import type { Mark } from '../../../../shared/timeline/timeline.ts';
import { formatClock } from '../../../ui/time.ts';
import { counted, visible } from '../text.ts';
import { type Cluster, clusterMarks } from './place.ts';
import styles from './Timeline.module.css';
import type { Window } from './window.ts';

interface MarksRowProps {
  marks: readonly Mark[];
  window: Window;
  width: number;
  onPoint(cluster: Cluster, element: HTMLElement): void;
}

/** The lane of Kubernetes events: a dot for a normal one, a triangle for a warning, neighbours as one. */
export function MarksRow({ marks, window, width, onPoint }: MarksRowProps) {
  return (
    <li className={styles.lane} aria-label="events" data-kind="events">
      <div className={styles.name}>events</div>
      <div className={styles.track}>
        {clusterMarks(marks, window, width).map((cluster) => (
          <button
            type="button"
            key={`${cluster.marks[0]?.at} ${cluster.marks[0]?.reason}`}
            className={styles.mark}
            tabIndex={-1}
            aria-label={sentenceOf(cluster)}
            data-point=""
            data-type={cluster.type}
            data-many={cluster.marks.length > 1 || undefined}
            style={{ left: cluster.left }}
            onPointerEnter={(event) => onPoint(cluster, event.currentTarget)}
            onFocus={(event) => onPoint(cluster, event.currentTarget)}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
              {cluster.type === 'Warning' ? <path d="M5 .8 9.6 9.2H.4z" /> : <circle cx="5" cy="5" r="2.6" />}
            </svg>
          </button>
        ))}
      </div>
    </li>
  );
}

function sentenceOf(cluster: Cluster): string {
  const [first] = cluster.marks;
  if (cluster.marks.length > 1) {
    const reasons = [...new Set(cluster.marks.map((mark) => visible(mark.reason)))].join(', ');
    return `${counted(cluster.marks.length, 'event')}: ${reasons}`;
  }
  return first ? `${first.type} event ${visible(first.reason)} at ${formatClock(first.at)}: ${visible(first.message)}` : '';
}

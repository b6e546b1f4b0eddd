// biome-ignore-all lint/a11y/useSemanticElements: a virtual list is no <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the list, which names the active line.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list handles the keys for its active line.
import { type MouseEvent, memo } from 'react';
import type { LogLineShown, LogSource } from '../../../shared/contract/logs.ts';
import { visible } from '../../../shared/visible.ts';
import { formatExact } from '../../ui/time.ts';
import styles from './Logs.module.css';
import { clockOf, hueOf, labelOf, letterOf, marked } from './labels.ts';

interface LogRowProps {
  line: LogLineShown;
  source: LogSource | undefined;
  place: number;
  chosen: boolean;
  active: boolean;
  pattern: RegExp | null;
  onChoose(place: number, extend: boolean): void;
  onToggle(line: LogLineShown): void;
}

/** One line: time, pod, level, text. What continues it is behind a button that says how much that is. */
export const LogRow = memo(function LogRow({ line, source, place, chosen, active, pattern, onChoose, onToggle }: LogRowProps) {
  const label = source === undefined ? '?' : labelOf(source);
  const pressed = (event: MouseEvent) => onChoose(place, event.shiftKey);
  const toggled = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(line);
  };
  return (
    <div
      id={`log-${place}`}
      role="row"
      aria-rowindex={place + 1}
      aria-selected={chosen}
      className={styles.line}
      data-level={line.level ?? undefined}
      data-active={active || undefined}
      data-continued={line.head !== line.id || undefined}
      onClick={pressed}
    >
      <span role="gridcell" className={styles.time} title={formatExact(line.at)}>
        {clockOf(line.at)}
      </span>
      <span
        role="gridcell"
        className={styles.pod}
        data-hue={source === undefined ? undefined : hueOf(source)}
        title={source === undefined ? undefined : visible(`${source.pod}/${source.container}`)}
      >
        {visible(label)}
      </span>
      <span role="gridcell" className={styles.level} title={line.level ?? 'no level'}>
        {line.level === null ? '' : letterOf[line.level]}
      </span>
      <span role="gridcell" className={styles.text}>
        {marked(visible(line.text), pattern).map((piece, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its number.
          index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
        )}
        {line.cut > 0 && <span className={styles.cut}> … {line.cut.toLocaleString('en')} characters more in the download</span>}
        {line.continued > 0 && (
          <button type="button" tabIndex={-1} className={styles.fold} onClick={toggled}>
            {line.unfolded ? 'fold' : `+ ${line.continued} ${line.continued === 1 ? 'line' : 'lines'}`}
          </button>
        )}
      </span>
    </div>
  );
});

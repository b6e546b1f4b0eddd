import { Button, NativeSelect } from '@mantine/core';
import type { RefObject } from 'react';
import type { LogCounts, LogFilterChoice } from '../../../shared/contract/logs.ts';
import { levels } from '../../../shared/logs/level.ts';
import styles from './Logs.module.css';
import { PodsMenu } from './PodsMenu.tsx';
import { Words } from './Words.tsx';

interface LogsToolbarProps {
  counts: LogCounts;
  filter: LogFilterChoice;
  match: number | null;
  wrap: boolean;
  fields: { filter: RefObject<HTMLInputElement | null>; search: RefObject<HTMLInputElement | null> };
  onFilter(change: Partial<LogFilterChoice>): void;
  onFind(backwards: boolean): void;
  onWrap(): void;
  onTime(): void;
  onDownload(): void;
  onDone(): void;
}

/** Which lines are shown, what is sought among them, and what can be done with them. */
export function LogsToolbar(props: LogsToolbarProps) {
  const { counts, filter, match, wrap, fields, onFilter, onFind, onWrap, onTime, onDownload, onDone } = props;
  const { matches } = counts;
  const level = levels.find((each) => each === filter.level) ?? 'all';
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Log">
      <PodsMenu sources={counts.sources} hidden={filter.hidden} onHidden={(hidden) => onFilter({ hidden })} />
      <NativeSelect
        size="xs"
        aria-label="Level"
        value={level}
        data={[
          { value: 'all', label: 'All levels' },
          ...levels.slice(1).map((each) => ({ value: each, label: each === 'fatal' ? 'fatal' : `${each} and up` })),
        ]}
        onChange={({ currentTarget }) => onFilter({ level: levels.find((each) => each === currentTarget.value) ?? null })}
      />
      <Words
        label="Filter lines"
        field={fields.filter}
        value={filter.text}
        onChange={(text) => onFilter({ text })}
        onDone={onDone}
      />
      <Words
        label="Search"
        field={fields.search}
        value={filter.search}
        onChange={(search) => onFilter({ search })}
        onEnter={onFind}
        onDone={onDone}
      />
      {matches !== null && (
        <span className={styles.matches} role="status">
          {matches === 0
            ? 'nothing found'
            : `${match === null ? '' : `${match.toLocaleString('en')} of `}${matches.toLocaleString('en')}`}
        </span>
      )}
      <span className={styles.gap} />
      <Toggle
        on={filter.folded}
        words="Fold"
        title="Fold stack traces (z)"
        onClick={() => onFilter({ folded: !filter.folded })}
      />
      <Toggle on={wrap} words="Wrap" title="Wrap long lines (w)" onClick={onWrap} />
      <Button variant="default" title="Go to a time (t)" onClick={onTime}>
        Go to time
      </Button>
      <Button variant="default" title="Save the lines that are shown, with what is folded" onClick={onDownload}>
        Download
      </Button>
    </div>
  );
}

function Toggle({ on, words, title, onClick }: { on: boolean; words: string; title: string; onClick(): void }) {
  return (
    <Button variant={on ? 'default' : 'subtle'} aria-pressed={on} title={title} onClick={onClick}>
      {words}
    </Button>
  );
}

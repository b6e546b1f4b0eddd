import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Mark } from '../../../../shared/timeline/timeline.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Time } from '../../../ui/Time.tsx';
import { FoldedText } from '../FoldedText.tsx';
import styles from '../Table.module.css';
import { visible } from '../text.ts';
import own from './EventsTab.module.css';
import { keysOf } from './keys.ts';

/** Kubernetes events about the application and its pods, newest first. */
export function EventsTab({ marks, name }: { marks: readonly Mark[]; name: string }) {
  const [shown, setShown] = useState<'all' | 'warnings'>('all');
  const newest = useMemo(() => [...marks].sort((a, b) => b.at - a.at), [marks]);
  const warnings = useMemo(() => newest.filter((mark) => mark.type === 'Warning'), [newest]);
  const rows = shown === 'all' ? newest : warnings;
  if (marks.length === 0) {
    return (
      <p className={styles.nothing}>
        No events about {visible(name)}. Kubernetes forgets them after an hour unless the cluster is set up otherwise.
      </p>
    );
  }
  return (
    <section aria-label="Events">
      <fieldset className={own.filter} aria-label="Events shown">
        <Choice chosen={shown === 'all'} onClick={() => setShown('all')} words={`All ${marks.length}`} />
        <Choice chosen={shown === 'warnings'} onClick={() => setShown('warnings')} words={`Warnings ${warnings.length}`} />
      </fieldset>
      {rows.length === 0 ? (
        <p className={styles.nothing}>No warnings among {marks.length} events.</p>
      ) : (
        <table className={`${styles.table} ${own.events}`}>
          <thead>
            <tr>
              <th className={own.when}>When</th>
              <th className={own.reason}>Reason</th>
              <th className={own.about}>About</th>
              <th>Message</th>
              <th className={`${own.count} ${styles.number}`}>Count</th>
            </tr>
          </thead>
          <tbody>
            {keysOf(rows).map(({ key, mark }) => (
              <EventRow key={key} mark={mark} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Choice({ chosen, words, onClick }: { chosen: boolean; words: string; onClick(): void }) {
  return (
    <Button variant={chosen ? 'default' : 'subtle'} aria-pressed={chosen} onClick={onClick}>
      {words}
    </Button>
  );
}

/** A name too long for its column loses its middle: what tells executors apart stands at the end. */
function About({ text }: { text: string }) {
  const tail = text.length > 24 ? 8 : 0;
  return (
    <span className={own.aboutName}>
      <span className={own.head}>{text.slice(0, text.length - tail)}</span>
      {tail > 0 && <span>{text.slice(-tail)}</span>}
    </span>
  );
}

function EventRow({ mark }: { mark: Mark }) {
  return (
    <tr data-type={mark.type}>
      <td>
        <Time at={mark.at} />
      </td>
      <td>
        <span className={own.word}>
          {mark.type === 'Warning' && (
            <span className={own.warning} title="Warning">
              <Icon name="warning" size={14} />
            </span>
          )}
          {visible(mark.reason)}
        </span>
      </td>
      <td className={`${own.about} ${styles.mono}`} title={visible(mark.about)}>
        <About text={visible(mark.about)} />
      </td>
      <td className={own.message}>
        <FoldedText text={mark.message} lines={3} />
      </td>
      <td className={styles.number}>{mark.count}</td>
    </tr>
  );
}

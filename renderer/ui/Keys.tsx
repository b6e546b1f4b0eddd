import { Fragment } from 'react';
import { chordCaps } from './chord.ts';
import styles from './Keys.module.css';
import { isMac } from './platform.ts';

/** A chord of an action as key caps: its first one, or all of them. */
export function Keys({ keys, all = false }: { keys: string; all?: boolean }) {
  const chords = all ? keys.split(' ') : keys.split(' ').slice(0, 1);
  return (
    <span className={styles.keys}>
      {chords.map((chord, index) => (
        <Fragment key={chord}>
          {index > 0 && <span className={styles.or}>or</span>}
          {chordCaps(chord, isMac).map((cap) => (
            <kbd key={cap} className={styles.cap}>
              {cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

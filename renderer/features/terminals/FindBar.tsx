import { useState } from 'react';
import styles from './Terminal.module.css';

interface FindBarProps {
  /** False when there is no such place. */
  onFind(text: string, backwards: boolean): boolean;
  onClose(): void;
}

/** Search in what a terminal wrote: Enter goes up, to what is older; Shift+Enter down. */
export function FindBar({ onFind, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const find = (wanted: string, backwards: boolean) => setMissing(wanted !== '' && !onFind(wanted, backwards));
  return (
    <div className={styles.find}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by a key, to be typed into.
        autoFocus
        aria-label="Find in this terminal"
        placeholder="Find"
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          find(currentTarget.value, true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(text, !event.shiftKey);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span role="status">{missing ? 'Not found' : ''}</span>
    </div>
  );
}

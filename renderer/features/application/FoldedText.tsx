import { useState } from 'react';
import styles from './FoldedText.module.css';
import { fold, visible } from './text.ts';

interface FoldedTextProps {
  /** Hostile text of any length. */
  text: string;
  lines: number;
  mono?: boolean;
}

/** A long text from the cluster: its first lines, the rest when asked for. */
export function FoldedText({ text, lines, mono = false }: FoldedTextProps) {
  const [open, setOpen] = useState(false);
  const shown = visible(text);
  const { head, hiddenLines, folded } = fold(shown, lines, lines * 160);
  return (
    <div className={styles.text} data-mono={mono || undefined} data-open={open || undefined}>
      {open ? shown : head}
      {folded && !open && '…'}
      {folded && (
        <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Show less' : hiddenLines > 0 ? `Show all (${hiddenLines} more lines)` : 'Show all'}
        </button>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { visible } from '../text.ts';
import styles from './YamlTab.module.css';

interface YamlTabProps {
  manifest: string;
  busy: boolean;
  onEdit(): void;
}

/** The object as YAML, to read and copy; editing starts from a copy under a new name. */
export function YamlTab({ manifest, busy, onEdit }: YamlTabProps) {
  const lines = useMemo(() => visible(manifest).replace(/\n$/, '').split('\n'), [manifest]);
  return (
    <section aria-label="YAML" className={styles.tab}>
      <div className={styles.bar}>
        <CopyButton text={manifest} label="Copy YAML" />
        <Button variant="default" loading={busy} onClick={onEdit}>
          Edit as new
        </Button>
        <span className={styles.note}>Read only. Without the status and what the server keeps for itself.</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text must be scrollable by key. */}
      <pre className={styles.text} tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <span key={index} className={styles.line}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
}

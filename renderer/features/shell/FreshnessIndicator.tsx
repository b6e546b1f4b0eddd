import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { Connection } from '../../../shared/contract/clusters.ts';
import { link } from '../../backend.ts';
import { useNow } from '../../ui/clock.ts';
import { FailureView } from '../../ui/FailureView.tsx';
import styles from './FreshnessIndicator.module.css';
import { useShownFreshness } from './freshness.ts';
import { indicate } from './indicator.ts';

/** How fresh the data on screen is. Pressing it tries again at once. */
export function FreshnessIndicator({ connection, onRetry }: { connection: Connection | null; onRetry(): void }) {
  const freshness = useShownFreshness();
  const backend = useSyncExternalStore(link.subscribe, link.state);
  const now = useNow();
  const told = indicate(freshness, connection, backend.state === 'lost' ? backend.since : null, now);
  if (!told) return null;
  const glyph = (
    <span className={styles.glyph} data-tone={told.tone} aria-hidden="true">
      {told.glyph}
    </span>
  );
  if (told.failure === null) {
    const version = connection?.state === 'connected' ? `Kubernetes ${connection.version}` : undefined;
    return (
      <span className={styles.indicator} role="status" title={version}>
        {glyph} {told.text}
      </span>
    );
  }
  return (
    <Tooltip label={<FailureView failure={told.failure} compact />} multiline w={360} position="bottom-end">
      <button type="button" className={styles.indicator} onClick={onRetry} aria-label={`${told.text}. Try again now`}>
        {glyph} {told.text}
      </button>
    </Tooltip>
  );
}

import { Button } from '@mantine/core';
import type { ApplicationRef } from '../../../../shared/contract/applications.ts';
import type { Forward } from '../../../../shared/contract/forwards.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Duration, Time } from '../../../ui/Time.tsx';
import { Trouble } from '../Trouble.tsx';
import { visible } from '../text.ts';
import { useSparkUi } from '../use-application.ts';
import styles from './SparkUiTab.module.css';
import { endedWords, reconnectingWords, waitingWords } from './words.ts';

/** The driver's own Spark UI, through a forward that is open as long as this tab is. */
export function SparkUiTab({ reference, onRerun }: { reference: ApplicationRef; onRerun(): void }) {
  const { forward, failure, again } = useSparkUi(reference);
  if (failure) return <Trouble failure={failure} onRetry={again} />;
  if (forward === null) return null;
  switch (forward.state) {
    case 'starting':
      return <Waiting words={waitingWords(forward.for)} since={forward.since} why={forward.why} />;
    case 'reconnecting':
      return <Waiting words={reconnectingWords(forward.reason)} since={forward.since} why={forward.why} />;
    case 'active':
      return <Active url={forward.url} pod={forward.pod} port={forward.port} name={reference.name} />;
    case 'ended':
      return <Ended forward={forward} onRerun={onRerun} />;
    case 'failed':
      return <Trouble failure={forward.failure} onRetry={again} />;
  }
}

interface WaitingProperties {
  words: { title: string; detail: string };
  since: number;
  why: string | null;
}

function Waiting({ words, since, why }: WaitingProperties) {
  return (
    <EmptyState title={<span role="status">{words.title}</span>}>
      <span>
        {words.detail} Waiting for <Duration from={since} to={null} />.
      </span>
      {why !== null && <span className={styles.why}>{visible(why)}</span>}
    </EmptyState>
  );
}

function Active({ url, pod, port, name }: { url: string; pod: string; port: number; name: string }) {
  const open = () => {
    if (globalThis.window.emberdeck) void globalThis.window.emberdeck.openExternal(url);
    else globalThis.open(url, '_blank', 'noopener,noreferrer');
  };
  return (
    <section className={styles.frame} aria-label="Spark UI">
      <div className={styles.bar}>
        <code className={styles.url} title={`Forwarded to port ${port} of ${visible(pod)}`}>
          {url}
        </code>
        <CopyButton text={url} label="Copy address" />
        <Button variant="default" onClick={open}>
          Open in the browser
        </Button>
      </div>
      {/* The frame is another origin: its scripts reach its own pages and nothing of ours. Dialogs and pop-ups stay shut. */}
      <iframe
        className={styles.page}
        src={url}
        title={`Spark UI of ${name}`}
        sandbox="allow-scripts allow-same-origin allow-forms"
        referrerPolicy="no-referrer"
      />
    </section>
  );
}

function Ended({ forward, onRerun }: { forward: Extract<Forward, { state: 'ended' }>; onRerun(): void }) {
  const { title, advice } = endedWords(forward);
  return (
    <EmptyState
      title={
        <span role="status">
          {title.before} <Time at={forward.at} />
          {title.after}
        </span>
      }
      actions={
        <Button variant="default" onClick={onRerun}>
          Re-run as new
        </Button>
      }
    >
      <span>{advice}</span>
    </EmptyState>
  );
}

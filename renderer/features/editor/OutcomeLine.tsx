import { FailureView } from '../../ui/FailureView.tsx';
import styles from './Editor.module.css';
import type { EditorState } from './store.ts';
import { useLongerThan } from './use-longer-than.ts';

/** One sentence on how the last question to the server went, or what is awaited when it takes long. */
export function OutcomeLine({ outcome, work }: Pick<EditorState, 'outcome' | 'work'>) {
  const long = useLongerThan(work.state === 'idle' ? null : work.since, 2000);
  if (outcome.state === 'failed') {
    return (
      <div className={styles.outcome}>
        <FailureView failure={outcome.failure} />
      </div>
    );
  }
  const words = long ? { tone: '', text: awaited(work), more: [] } : wordsOf(outcome);
  return (
    <div className={styles.outcome} role="status">
      {words !== null && <span className={words.tone}>{words.text}</span>}
      {words?.more.map((line) => (
        <div key={line} className={styles.quiet}>
          {line}
        </div>
      ))}
    </div>
  );
}

function awaited(work: EditorState['work']): string {
  if (work.state === 'creating') return 'The server creates the objects; this cannot be called off any more.';
  return 'Waiting for the server’s dry run of every document.';
}

function wordsOf(
  outcome: Exclude<EditorState['outcome'], { state: 'failed' }>,
): { tone: string | undefined; text: string; more: string[] } | null {
  switch (outcome.state) {
    case 'none':
      return null;
    case 'accepted': {
      const text = `The server would create ${list(outcome.objects)}. Nothing was created yet.`;
      return { tone: styles.good, text, more: outcome.warnings };
    }
    case 'submitted':
      return { tone: styles.good, text: `Created ${list(outcome.objects)}. The draft is kept.`, more: outcome.warnings };
    case 'refused': {
      if (outcome.created.length === 0) return { tone: styles.bad, text: 'Refused. Nothing was created.', more: [] };
      const text = `Created ${list(outcome.created)}; then the server refused what follows. Delete what was created or submit the rest alone.`;
      return { tone: styles.bad, text, more: [] };
    }
    case 'cancelled':
      return { tone: '', text: 'Cancelled. Nothing was created.', more: [] };
  }
}

function list(objects: readonly { kind: string; namespace: string; name: string }[]): string {
  return objects.map(({ kind, namespace, name }) => `${kind} ${name} in ${namespace}`).join(', ');
}

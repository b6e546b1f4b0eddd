import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import type { Failure } from '../../../shared/failure.ts';
import { backend, failureOfCall, follow } from '../../backend.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FailureView } from '../../ui/FailureView.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showNotice } from '../../ui/notices.ts';
import { Time } from '../../ui/Time.tsx';
import { useScope } from '../scope/index.ts';
import { navigation } from '../shell/index.ts';
import styles from './DraftsPage.module.css';
import { latestFirst, whereOf } from './drafts.ts';
import { newApplication } from './newApplication.ts';

type Known = { state: 'loading' } | { state: 'known'; drafts: Draft[] } | { state: 'failed'; failure: Failure };

/** Everything begun and not yet put away. */
export default function DraftsPage() {
  const [known, setKnown] = useState<Known>({ state: 'loading' });
  const [deleting, setDeleting] = useState<Draft | null>(null);
  const scope = useScope((state) => state.scope);
  useEffect(() => {
    const leaving = new AbortController();
    const heard = {
      onValue: (drafts: Draft[]) => setKnown({ state: 'known', drafts: latestFirst(drafts) }),
      onFailure: (failure: Failure) => setKnown({ state: 'failed', failure }),
    };
    follow((options) => backend.drafts.watch({}, options), heard, leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, []);
  const create = () => void newApplication(scope);
  return (
    <div className={styles.page}>
      <div className={styles.toolbar}>
        <h1 className={styles.title}>Drafts</h1>
        <Button leftSection={<Icon name="plus" />} onClick={create} title="New application (n)">
          New application
        </Button>
      </div>
      {known.state === 'failed' && <FailureView failure={known.failure} />}
      {known.state === 'known' && known.drafts.length === 0 && (
        <EmptyState
          title="No drafts. What you begin to write is kept here until it is deleted."
          actions={<Button onClick={create}>New from template</Button>}
        />
      )}
      {known.state === 'known' && known.drafts.length > 0 && (
        <ul className={styles.list} aria-label="Drafts">
          {known.drafts.map((draft) => (
            <Line key={draft.id} draft={draft} onDelete={() => setDeleting(draft)} />
          ))}
        </ul>
      )}
      <DeleteDraft draft={deleting} onClose={() => setDeleting(null)} />
    </div>
  );
}

function Line({ draft, onDelete }: { draft: Draft; onDelete(): void }) {
  const { id, title, savedAt } = draft;
  return (
    <li className={styles.line}>
      <button type="button" className={styles.open} onClick={() => navigation.open({ page: 'editor', draftId: id })}>
        <span className={`mono ${styles.name}`} title={title}>
          {title}
        </span>
        <span className={styles.where} title={whereOf(draft)}>
          {whereOf(draft)}
        </span>
        <span className={styles.saved}>
          saved <Time at={savedAt} />
        </span>
      </button>
      <Button variant="subtle" onClick={onDelete} aria-label={`Delete the draft ${title}`}>
        Delete
      </Button>
    </li>
  );
}

function DeleteDraft({ draft, onClose }: { draft: Draft | null; onClose(): void }) {
  if (!draft) return null;
  async function remove({ id, title }: Draft): Promise<void> {
    onClose();
    try {
      await backend.drafts.remove({ id });
    } catch (error) {
      showNotice({ tone: 'failed', text: `The draft ${title} is still there.`, failure: failureOfCall(error) });
    }
  }
  const lines = draft.text.split('\n').length;
  return (
    <ConfirmDialog
      opened
      title={`Delete the draft ${draft.title}?`}
      confirmLabel={`Delete ${draft.title}`}
      onConfirm={() => void remove(draft)}
      onClose={onClose}
    >
      <p>
        Its {lines === 1 ? 'one line is' : `${lines} lines are`} lost; there is no copy. Applications submitted from it stay as
        they are.
      </p>
    </ConfirmDialog>
  );
}

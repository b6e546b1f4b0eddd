import { useState } from 'react';
import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FailureView } from '../../ui/FailureView.tsx';
import { showNotice } from '../../ui/notices.ts';
import { deleteLabel } from './losses.ts';
import { referenceOf } from './rowActions.ts';

interface DeleteDialogProps {
  context: string;
  /** null: closed. */
  row: ApplicationRow | null;
  onClose(): void;
}

/** Asks before an application is deleted, says what goes with it, and stays open with the reason when it was refused. */
export function DeleteDialog({ context, row, onClose }: DeleteDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  function close(): void {
    setFailure(null);
    onClose();
  }

  async function remove(target: ApplicationRow): Promise<void> {
    setBusy(true);
    try {
      await backend.applications.remove(referenceOf(context, target));
      showNotice({ tone: 'done', text: `${target.name} is being deleted.` });
      close();
    } catch (error) {
      setFailure(failureOfCall(error));
    } finally {
      setBusy(false);
    }
  }

  if (!row) return null;
  return (
    <ConfirmDialog
      opened
      title={`Delete ${row.name}?`}
      confirmLabel={deleteLabel(row)}
      busy={busy}
      onConfirm={() => void remove(row)}
      onClose={close}
    >
      <p>
        It goes from {row.namespace} in {context} with its driver, its executors and their logs. It can be run again only from its
        YAML.
      </p>
      {failure && <FailureView failure={failure} />}
    </ConfirmDialog>
  );
}

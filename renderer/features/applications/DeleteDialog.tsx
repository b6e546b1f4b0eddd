import { useState } from 'react';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FailureView } from '../../ui/FailureView.tsx';
import { deleteLabel } from './losses.ts';

interface DeleteDialogProps {
  reference: ApplicationRef;
  /** How many pods go with it, as far as is known. */
  pods: number;
  /** It has not ended: work is lost. */
  unfinished: boolean;
  opened: boolean;
  /** The server took the deletion. */
  onDeleted?(): void;
  onClose(): void;
}

/** Asks before an application is deleted, says what goes with it, and stays open with the reason when it was refused. */
export function DeleteDialog({ reference, pods, unfinished, opened, onDeleted, onClose }: DeleteDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { name, namespace, context } = reference;

  function close(): void {
    setFailure(null);
    onClose();
  }

  async function remove(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await backend.applications.remove(reference);
      onDeleted?.();
      close();
    } catch (error) {
      setFailure(failureOfCall(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      opened={opened}
      title={`Delete ${name}?`}
      confirmLabel={deleteLabel(name, pods)}
      busy={busy}
      onConfirm={() => void remove()}
      onClose={close}
    >
      <p>
        It goes from {namespace} in {context} with its pods and their logs. {unfinished && 'It has not ended: its work is lost. '}
        What it wrote elsewhere stays.
      </p>
      {failure && <FailureView failure={failure} />}
    </ConfirmDialog>
  );
}

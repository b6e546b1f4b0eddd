import { useState } from 'react';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Failure } from '../../../shared/failure.ts';
import { backend, failureOfCall } from '../../backend.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FailureView } from '../../ui/FailureView.tsx';
import { counted } from './text.ts';

interface DeleteDialogProps {
  reference: ApplicationRef;
  /** How many pods go with it. */
  pods: number;
  running: boolean;
  opened: boolean;
  onClose(): void;
}

/** Asks before an application is deleted, and says what is lost with it. */
export function DeleteDialog({ reference, pods, running, opened, onClose }: DeleteDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { name, namespace, context } = reference;
  const close = () => {
    setFailure(null);
    onClose();
  };
  const remove = () => {
    setBusy(true);
    setFailure(null);
    backend.applications
      .remove(reference)
      .then(close, (error: unknown) => setFailure(failureOfCall(error)))
      .finally(() => setBusy(false));
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={`Delete ${name}?`}
      confirmLabel={pods > 0 ? `Delete ${name} and its ${counted(pods, 'pod')}` : `Delete ${name}`}
      busy={busy}
      onConfirm={remove}
      onClose={close}
    >
      <p>
        From namespace {namespace} of {context}. {running ? 'It is not finished: the work of this attempt is lost. ' : ''}
        The application, its pods and their logs are gone afterwards; what it wrote elsewhere stays.
      </p>
      {failure && <FailureView failure={failure} />}
    </ConfirmDialog>
  );
}

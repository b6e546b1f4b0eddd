import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { visible } from '../../shared/visible.ts';
import styles from './ConfirmDialog.module.css';

interface ConfirmDialogProps {
  opened: boolean;
  /** A question or the deed itself: "Delete orders-daily?" */
  title: string;
  /** What is lost and what stays. */
  children: ReactNode;
  /** The verb and what it hits: "Delete orders-daily and its 7 pods". */
  confirmLabel: string;
  /** Ask the person to type this before the deed; for protected contexts. */
  typeToConfirm?: string;
  /** True while the deed is under way. */
  busy?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something is lost. Focus starts on the way out; Esc takes it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, confirmLabel, typeToConfirm, busy = false, onConfirm, onClose } = props;
  const [typed, setTyped] = useState('');
  const ready = typeToConfirm === undefined || typed === typeToConfirm;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onConfirm();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={visible(title)} centered size={460} onExitTransitionEnd={() => setTyped('')}>
      <form onSubmit={submit} className={styles.form}>
        <div className={styles.text}>{children}</div>
        {typeToConfirm !== undefined && (
          <TextInput
            label={`Type ${typeToConfirm} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose} data-autofocus={typeToConfirm === undefined || undefined}>
            Cancel
          </Button>
          <Button type="submit" color="danger" disabled={!ready} loading={busy} className={styles.deed}>
            {visible(confirmLabel)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

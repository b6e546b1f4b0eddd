import type { ApplicationRef, ApplicationRow } from '../../../shared/contract/applications.ts';
import { failureOfCall } from '../../backend.ts';
import { showNotice } from '../../ui/notices.ts';
import type { Action } from '../palette/index.ts';
import { navigation } from '../shell/index.ts';
import { openDriverShell } from '../terminals/index.ts';
import { rerunAsDraft } from './rerunAsDraft.ts';

/** The name of a row's application in a context. */
export function referenceOf(context: string, { operator, namespace, name }: ApplicationRow): ApplicationRef {
  return { context, operator, namespace, name };
}

async function rerun(reference: ApplicationRef): Promise<void> {
  try {
    await rerunAsDraft(reference, null);
  } catch (error) {
    showNotice({ tone: 'failed', text: `${reference.name} could not be prepared to run again.`, failure: failureOfCall(error) });
  }
}

/** What can be done with one application: the same list for its menu, the palette and the keys. */
export function rowActions(context: string, row: ApplicationRow, onDelete: () => void): Action[] {
  const reference = referenceOf(context, row);
  const group = row.name;
  const open = (tab?: string) => navigation.open({ page: 'application', reference, ...(tab === undefined ? {} : { tab }) });
  return [
    { id: 'application.open', title: 'Open', group, keys: 'Enter', run: () => open() },
    { id: 'application.logs', title: 'Logs', group, keys: 'l', run: () => open('logs') },
    { id: 'application.spark-ui', title: 'Spark UI', group, keys: 'u', run: () => open('spark') },
    { id: 'application.shell', title: 'Shell in the driver', group, keys: 's', run: () => void openDriverShell(reference) },
    { id: 'application.yaml', title: 'YAML', group, keys: 'y', run: () => open('yaml') },
    { id: 'application.rerun', title: 'Re-run as a new draft', group, keys: 'e', run: () => void rerun(reference) },
    { id: 'application.delete', title: 'Delete…', group, keys: 'Delete', run: onDelete },
  ].map((action) => ({ ...action, here: true }));
}

import type { ApplicationRow } from '../../../shared/contract/applications.ts';
import type { Phase } from '../../../shared/spark/state.ts';

/** Phases in which a driver is at work. */
const AT_WORK: Phase[] = ['starting', 'running', 'degraded', 'finishing'];

/** How many pods go with the application, as far as the table knows: its running executors and the driver while it works. */
export function podsLost({ state, executors }: ApplicationRow): number {
  return executors.running + (AT_WORK.includes(state.phase) ? 1 : 0);
}

/** What the button says: "Delete orders-daily and its 7 pods". */
export function deleteLabel(name: string, pods: number): string {
  return pods === 0 ? `Delete ${name}` : `Delete ${name} and its ${pods === 1 ? 'pod' : `${pods} pods`}`;
}

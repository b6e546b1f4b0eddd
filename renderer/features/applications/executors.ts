import type { ApplicationRow } from '../../../shared/contract/applications.ts';

const OVER: readonly string[] = ['succeeded', 'failed', 'suspended'] satisfies ApplicationRow['state']['phase'][];

/** How a row's executors read: running and wanted; of an application that is over only the wanted ones, because `0/4` looks like a fault. Null: none. */
export function executorCount({
  executors,
  state,
}: Pick<ApplicationRow, 'executors' | 'state'>): { text: string; title: string; quiet: boolean } | null {
  const { running, total } = executors;
  if (total === 0) return null;
  if (running === 0 && OVER.includes(state.phase)) {
    return { text: `${total}`, title: `${total} executors asked for, none runs`, quiet: true };
  }
  return { text: `${running}/${total}`, title: `${running} of ${total} executors run`, quiet: false };
}

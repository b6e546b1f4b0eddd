import type { ApplicationRef } from '../../shared/contract/applications.ts';
import type { LogCounts, LogFilterChoice } from '../../shared/contract/logs.ts';
import type { LogWorld } from './application-log.ts';
import { createApplicationLogs } from './shared-logs.ts';
import { type LogViewSession, openLogView } from './view-session.ts';

/** The logs of applications: driver and executors in one order, seen through views. */
export function createLogs(world: LogWorld) {
  const logs = createApplicationLogs(world);
  const views = new Map<string, LogViewSession>();
  let opened = 0;

  return {
    /** Opens a view and tells of it until the returned function is called. */
    follow(reference: ApplicationRef, filter: LogFilterChoice, push: (counts: LogCounts) => void): () => void {
      opened += 1;
      const id = String(opened);
      const { log, leave } = logs.join(reference, () => views.get(id)?.touch());
      const view = openLogView(id, log, filter, push);
      views.set(id, view);
      return () => {
        views.delete(id);
        view.close();
        leave();
      };
    },
    /** The view of that name; null once it is closed. */
    view: (id: string): LogViewSession | null => views.get(id) ?? null,
    close: () => logs.close(),
  };
}

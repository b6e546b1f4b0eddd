import type { ApplicationRef } from '../../shared/contract/applications.ts';
import { defaultTuning } from '../watch/index.ts';
import { type ApplicationLog, type LogWorld, openApplicationLog } from './application-log.ts';

/** The logs that are being read, each once however many look at it. */
export interface ApplicationLogs {
  /** Joins those who look at the log; `onChange` is told of what is new. */
  join(reference: ApplicationRef, onChange: () => void): { log: ApplicationLog; leave(): void };
  /** Ends all reading. */
  close(): void;
}

interface Entry {
  log: ApplicationLog;
  listeners: Set<() => void>;
  /** Set while nobody looks: calls the end off. */
  stay: (() => void) | null;
}

/** A log is read for as long as somebody looks at it, and a little longer, so that changing pages does not read it again. */
export function createApplicationLogs(world: LogWorld): ApplicationLogs {
  const entries = new Map<string, Entry>();

  function open(key: string, reference: ApplicationRef): Entry {
    const listeners = new Set<() => void>();
    const log = openApplicationLog(world, reference, () => {
      for (const listener of [...listeners]) listener();
    });
    const entry: Entry = { log, listeners, stay: null };
    entries.set(key, entry);
    return entry;
  }

  return {
    join(reference, onChange) {
      const { context, operator, namespace, name } = reference;
      const key = JSON.stringify([context, operator, namespace, name]);
      const entry = entries.get(key) ?? open(key, reference);
      entry.stay?.();
      entry.stay = null;
      // A function of its own, so that the same one may join twice.
      const listener = () => onChange();
      entry.listeners.add(listener);
      return {
        log: entry.log,
        leave() {
          if (!entry.listeners.delete(listener) || entry.listeners.size > 0) return;
          entry.stay = world.clock.after(defaultTuning.linger, () => {
            entries.delete(key);
            entry.log.close();
          });
        },
      };
    },
    close() {
      for (const { log, stay } of entries.values()) {
        stay?.();
        log.close();
      }
      entries.clear();
    },
  };
}

import { type JsonObject, uidOf } from '../../json.ts';
import { type Time, timeText } from '../../time.ts';

type Field = 'lastSubmissionAttemptTime' | 'terminationTime';

/** When things happened, finer than a status has it: where seconds of the cluster are milliseconds, whole seconds tell nothing. */
export interface Moments {
  /** That `field` of the application's status tells the present moment. */
  note(application: JsonObject, field: Field): void;
  /** Seconds of the cluster since then; 0 when `text`, as the status has it, is none. */
  since(application: JsonObject, field: Field, text: string): number;
  forget(application: JsonObject): void;
}

export function createMoments(time: Time): Moments {
  const noted = new Map<string, Partial<Record<Field, number>>>();
  return {
    note(application, field) {
      noted.set(uidOf(application), { ...noted.get(uidOf(application)), [field]: time.now() });
    },
    since(application, field, text) {
      const exact = noted.get(uidOf(application))?.[field];
      const then = exact !== undefined && timeText(exact) === text ? exact : Date.parse(text);
      return Number.isNaN(then) ? 0 : time.elapsed(time.now() - then);
    },
    forget: (application) => void noted.delete(uidOf(application)),
  };
}

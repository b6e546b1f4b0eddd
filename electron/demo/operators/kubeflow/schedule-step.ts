import { at, type JsonObject, labelsOf, nameOf, namespaceOf, numberOf, objectOf, textOf, uidOf } from '../../json.ts';
import { timeText } from '../../time.ts';
import { isZone, type NextTime, readSchedule } from './cron.ts';
import { scheduledLabel } from './names.ts';
import { stateOf } from './step.ts';

/** What one pass over a schedule looks at. */
export interface ScheduleSeen {
  schedule: JsonObject;
  /** SparkApplications of the schedule, the newest first. */
  runs: JsonObject[];
  /** Epoch milliseconds. */
  now: number;
  /** `now` to the nanosecond, for the name of a run. */
  nanoseconds: string;
}

/** What a pass does, in this order; when a run cannot be created the rest is left. */
export type ScheduleAction =
  | { do: 'create run'; run: JsonObject }
  | { do: 'delete run'; run: JsonObject }
  | { do: 'status'; status: JsonObject }
  | { do: 'wake'; at: number };

/** One pass over a schedule: "" -> Scheduled, which starts runs, or FailedValidation, which is never left. */
export function stepSchedule(seen: ScheduleSeen): ScheduleAction[] {
  const { now, schedule } = seen;
  const status = objectOf(schedule.status);
  if (at(schedule, 'spec', 'suspend') === true) return [];
  const next = nextTimeOf(schedule);
  if (typeof next === 'string') {
    return [
      { do: 'status', status: { ...status, lastRun: status.lastRun ?? null, reason: next, scheduleState: 'FailedValidation' } },
    ];
  }
  if (status.scheduleState === 'FailedValidation') return [];
  // An edited schedule does not move a time that was already set.
  const due = Date.parse(textOf(status.nextRun));
  if (status.scheduleState !== 'Scheduled' || Number.isNaN(due)) return wait(next, now, status);
  if (due > now) return [{ do: 'wake', at: due }];
  if (!mayStart(seen)) return wake(next(now));
  return start(seen, next, status);
}

function nextTimeOf(schedule: JsonObject): NextTime | string {
  const zone = textOf(at(schedule, 'spec', 'timeZone'));
  if (zone !== '' && !isZone(zone)) return `Invalid timezone: unknown time zone ${zone}`;
  try {
    return readSchedule(textOf(at(schedule, 'spec', 'schedule')), zone || 'Local');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const wake = (time: number | null): ScheduleAction[] => (time === null ? [] : [{ do: 'wake', at: time }]);

function wait(next: NextTime, now: number, status: JsonObject): ScheduleAction[] {
  const time = next(now);
  const nextRun = time === null ? null : timeText(time);
  return [
    { do: 'status', status: { ...status, lastRun: status.lastRun ?? null, nextRun, scheduleState: 'Scheduled' } },
    ...wake(time),
  ];
}

const finished = (run: JsonObject): boolean => /^(COMPLETED|FAILED)$/.test(stateOf(run));

/** Without a policy, or with one that is unknown, a run starts only while no earlier one is there. */
function mayStart({ runs: [newest], schedule }: ScheduleSeen): boolean {
  if (newest === undefined) return true;
  const policy = at(schedule, 'spec', 'concurrencyPolicy');
  return policy === 'Allow' || policy === 'Replace' || (policy === 'Forbid' && finished(newest));
}

function start(seen: ScheduleSeen, next: NextTime, status: JsonObject): ScheduleAction[] {
  const { now, runs, schedule } = seen;
  const run = runOf(seen);
  const time = next(now);
  const past = (state: string, limit: string) => {
    const those = runs.filter((one) => stateOf(one) === state);
    const kept = numberOf(at(schedule, 'spec', limit), 1);
    return { names: those.slice(0, kept).map(nameOf), dropped: those.slice(kept) };
  };
  const succeeded = past('COMPLETED', 'successfulRunHistoryLimit');
  const failed = past('FAILED', 'failedRunHistoryLimit');
  const [newest] = runs;
  const replaced =
    at(schedule, 'spec', 'concurrencyPolicy') === 'Replace' && newest !== undefined && !finished(newest) ? [newest] : [];
  const remove = (one: JsonObject): ScheduleAction => ({ do: 'delete run', run: one });
  return [
    ...replaced.map(remove),
    { do: 'create run', run },
    ...[...succeeded.dropped, ...failed.dropped].map(remove),
    {
      do: 'status',
      status: {
        ...withoutPast(status),
        lastRun: timeText(now),
        lastRunName: nameOf(run),
        nextRun: time === null ? null : timeText(time),
        ...(succeeded.names.length === 0 ? {} : { pastSuccessfulRunNames: succeeded.names }),
        ...(failed.names.length === 0 ? {} : { pastFailedRunNames: failed.names }),
        scheduleState: 'Scheduled',
      },
    },
    ...wake(time),
  ];
}

function withoutPast(status: JsonObject): JsonObject {
  const { pastFailedRunNames: _, pastSuccessfulRunNames: _names, ...rest } = status;
  return rest;
}

/** The SparkApplication of a run; the schedule owns it without controlling it. */
function runOf({ nanoseconds, schedule }: ScheduleSeen): JsonObject {
  const { apiVersion = '' } = schedule;
  const owner = {
    apiVersion,
    kind: 'ScheduledSparkApplication',
    name: nameOf(schedule),
    uid: uidOf(schedule),
    blockOwnerDeletion: true,
  };
  return {
    apiVersion,
    kind: 'SparkApplication',
    metadata: {
      name: `${nameOf(schedule)}-${nanoseconds}`,
      namespace: namespaceOf(schedule),
      labels: { ...labelsOf(schedule), [scheduledLabel]: nameOf(schedule) },
      ownerReferences: [owner],
    },
    spec: objectOf(at(schedule, 'spec', 'template')),
  };
}

import type { Operator } from '../spark/state.ts';
import { type ApplicationLane, drivenLane, writtenLane } from './application-lane.ts';
import type { ApplicationRecord } from './application-record.ts';
import { attemptsOfRuns } from './attempts.ts';
import { type EventRecord, eventMarks } from './event-record.ts';
import { evidenceOf } from './evidence.ts';
import { groupBy } from './group.ts';
import type { TimelineState } from './observe.ts';
import { podLaneSegments } from './pod-lane.ts';
import type { PodRecord } from './pod-record.ts';
import type { Lane, Segment, Timeline } from './timeline.ts';
import { toldByDriver } from './told-by-driver.ts';

/**
 * The timeline of what was observed: the lanes `application` and `driver`, one lane an executor number, and marks of the
 * events about them. Where an application was made anew under its name, it is that of the newest object.
 */
export function timelineOf(state: TimelineState): Timeline {
  const application = newestApplication(state);
  const pods = podsOf(state, application);
  const drivers = pods.filter(({ role }) => role === 'driver');
  const events = eventsOf(state.events, application, pods);
  const about = events.filter((event) => event.about.kind === 'SparkApplication');
  const written = application === null ? null : writtenLaneOf(state.operator, application, about, drivers);
  const attemptOf = attemptsOfRuns(state.operator, application, pods, written?.shift ?? 0);
  const until = application?.deletedAt ?? null;
  const driver = podLaneSegments(drivers, attemptOf, until);
  const lanes: Lane[] = [
    {
      id: 'application',
      kind: 'application',
      label: 'app',
      segments: written === null ? drivenLaneOf(state.operator, application, drivers) : toldByDriver(written.segments, driver),
    },
    { id: 'driver', kind: 'driver', label: 'driver', segments: driver },
    ...executorLanes(pods, attemptOf, until),
  ];
  const marks = events.flatMap((event) => eventMarks(event).map((mark) => ({ mark, uid: event.uid })));
  marks.sort((a, b) => a.mark.at - b.mark.at || (a.uid === b.uid ? a.mark.count - b.mark.count : a.uid < b.uid ? -1 : 1));
  return { lanes, marks: marks.map(({ mark }) => mark) };
}

/** The lane of what the operator writes; null for operators that write no state of the job. */
function writtenLaneOf(
  operator: Operator,
  application: ApplicationRecord,
  events: readonly EventRecord[],
  drivers: readonly PodRecord[],
): ApplicationLane | null {
  if (operator === 'kubeflow') return writtenLane(application, evidenceOf(events, drivers));
  return operator === 'apache' ? writtenLane(application, []) : null;
}

function drivenLaneOf(operator: Operator, application: ApplicationRecord | null, drivers: readonly PodRecord[]): Segment[] {
  if (operator === 'radanalytics') return drivenLane(application, drivers);
  return operator === 'spark-submit' ? drivenLane(null, drivers) : [];
}

function newestApplication(state: TimelineState): ApplicationRecord | null {
  const newestFirst = [...state.applications.values()].sort((a, b) => b.writtenAt - a.writtenAt || (a.uid < b.uid ? -1 : 1));
  return newestFirst[0] ?? null;
}

/** Pods of the newest object, oldest first. They are never older than their application; a driver pod is one itself. */
function podsOf(state: TimelineState, application: ApplicationRecord | null): PodRecord[] {
  const pods = [...state.pods.values()].sort(
    (a, b) => a.writtenAt - b.writtenAt || a.created.at - b.created.at || (a.uid < b.uid ? -1 : 1),
  );
  if (application === null) return pods;
  const run = isDriverItself(state.operator) ? (state.pods.get(application.uid)?.run ?? null) : null;
  return pods.filter((pod) =>
    isDriverItself(state.operator) ? pod.uid === application.uid || pod.run === run : pod.writtenAt >= application.writtenAt,
  );
}

function isDriverItself(operator: Operator): boolean {
  return operator === 'spark-submit';
}

function eventsOf(
  events: ReadonlyMap<string, EventRecord>,
  application: ApplicationRecord | null,
  pods: readonly PodRecord[],
): EventRecord[] {
  const uids = new Set([...pods.map(({ uid }) => uid), ...(application === null ? [] : [application.uid])]);
  const names = new Set(pods.map(({ name }) => `Pod ${name}`));
  if (application !== null) names.add(`SparkApplication ${application.name}`);
  return [...events.values()].filter(({ about }) =>
    about.uid === '' ? names.has(`${about.kind} ${about.name}`) : uids.has(about.uid),
  );
}

function executorLanes(pods: readonly PodRecord[], attemptOf: (pod: PodRecord) => number, until: number | null): Lane[] {
  const executors = groupBy(
    pods.filter(({ role }) => role === 'executor'),
    ({ executor }) => executor,
  );
  const byNumber = [...executors.keys()].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return byNumber.map((id) => ({
    id: `executor-${id}`,
    kind: 'executor',
    label: `exec-${id}`,
    segments: podLaneSegments(executors.get(id) ?? [], attemptOf, until),
  }));
}

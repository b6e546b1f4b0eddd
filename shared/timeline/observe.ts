import { metadataOf } from '../spark/objects.ts';
import { operators } from '../spark/operators/index.ts';
import type { Operator } from '../spark/state.ts';
import { type ApplicationRecord, recordApplication } from './application-record.ts';
import { type EventRecord, recordEvent } from './event-record.ts';
import type { ObservationType } from './instant.ts';
import { type PodRecord, recordPod } from './pod-record.ts';

/** One change as it was observed; the same shape as `Change` of `electron/watch/resource.ts`. `at` is the time of arrival. */
export interface Observation {
  readonly at: number;
  readonly type: ObservationType;
  readonly object: unknown;
}

/**
 * All that was learnt of one application: a record an object, each made from that object's own changes only. That is why the
 * timeline does not depend on how the streams of different objects interleave.
 */
export interface TimelineState {
  readonly operator: Operator;
  readonly applications: ReadonlyMap<string, ApplicationRecord>;
  readonly pods: ReadonlyMap<string, PodRecord>;
  readonly events: ReadonlyMap<string, EventRecord>;
}

/** The state before anything was observed of an application of `operator`. */
export function emptyTimelineState(operator: Operator): TimelineState {
  return { operator, applications: new Map(), pods: new Map(), events: new Map() };
}

/**
 * The state after one more observation: of the application object, of a pod it owns, or of an event. Objects of other kinds
 * are ignored; events may be those of the whole namespace (`timelineOf` picks). Returns `state` itself when nothing is new.
 */
export function observe(state: TimelineState, observation: Observation): TimelineState {
  return observeAll(state, [observation]);
}

/** As {@link observe} for a batch, in order; copies each table at most once however long the batch is. */
export function observeAll(state: TimelineState, observations: readonly Observation[]): TimelineState {
  const tables = { applications: new Table(state.applications), pods: new Table(state.pods), events: new Table(state.events) };
  const adapter = operators[state.operator];
  for (const { at, object, type } of observations) {
    const { uid } = metadataOf(object);
    if (uid === '') continue;
    const { applications, events, pods } = tables;
    if (adapter.isApplication(object)) {
      applications.set(uid, recordApplication(applications.get(uid), state.operator, object, at, type));
    }
    pods.set(uid, recordPod(pods.get(uid), state.operator, object, at, type));
    events.set(uid, recordEvent(events.get(uid), object, at, type));
  }
  const next = { applications: tables.applications.map, pods: tables.pods.map, events: tables.events.map };
  const isSame = next.applications === state.applications && next.pods === state.pods && next.events === state.events;
  return isSame ? state : { operator: state.operator, ...next };
}

/** A table that is copied on the first write and not at all when nothing is new. */
class Table<Row> {
  map: ReadonlyMap<string, Row>;
  private copy: Map<string, Row> | null = null;

  constructor(map: ReadonlyMap<string, Row>) {
    this.map = map;
  }

  get(uid: string): Row | undefined {
    return this.map.get(uid);
  }

  set(uid: string, row: Row | null): void {
    if (row === null || this.map.get(uid) === row) return;
    if (this.copy === null) {
      this.copy = new Map(this.map);
      this.map = this.copy;
    }
    this.copy.set(uid, row);
  }
}

import { operators } from '../spark/operators/index.ts';
import { endWhy, pendingWhy, type SparkPod, sparkPod } from '../spark/pods.ts';
import type { Operator, Phase } from '../spark/state.ts';
import { type Instant, instant, type ObservationType } from './instant.ts';

/** A container's waiting reason from a moment on. */
interface Wait extends Instant {
  readonly word: string;
  readonly why: string | null;
}

/** How the pod ended: `exit 0`, `OOMKilled`, `Evicted`. */
export interface PodEnd extends Instant {
  readonly word: string;
  readonly phase: Phase;
  readonly why: string | null;
}

/** What was learnt of one pod, from nothing but its own changes. Each fact keeps the first moment that was told for it. */
export interface PodRecord {
  readonly uid: string;
  readonly name: string;
  readonly role: 'driver' | 'executor';
  readonly executor: string;
  /** The run it belongs to; see `OperatorAdapter.runOfPod`. */
  readonly run: string | null;
  /** `metadata.creationTimestamp` as written, for comparing with other written times. */
  readonly writtenAt: number;
  readonly created: Instant;
  readonly unschedulable: string | null;
  readonly scheduled: Instant | null;
  readonly waits: readonly Wait[];
  readonly started: Instant | null;
  readonly ended: PodEnd | null;
  readonly deletedAt: number | null;
}

/** The record after one more change of the pod; the same record when nothing is new, null when it is no pod of Spark's. */
export function recordPod(
  record: PodRecord | undefined,
  operator: Operator,
  object: unknown,
  at: number,
  type: ObservationType,
): PodRecord | null {
  const pod = sparkPod(object);
  if (pod === null) return record ?? null;
  const before = record ?? firstRecord(pod, operators[operator].runOfPod(object), at, type);
  if (before.deletedAt !== null) return before;
  const { container } = pod;
  const startedAt = container.state === 'running' || container.state === 'ended' ? container.startedAt : null;
  const hasStarted = container.state === 'running' || startedAt !== null;
  const ended = before.ended ?? endOf(pod, at, type);
  const after: PodRecord = {
    ...before,
    unschedulable: before.unschedulable ?? (pod.unschedulable === null ? null : pendingWhy(pod)),
    scheduled: before.scheduled ?? (pod.scheduledAt === null ? null : instant(pod.scheduledAt, at, type)),
    waits: waitsWith(before.waits, pod, at, type),
    started: before.started ?? (hasStarted ? instant(startedAt, at, type) : null),
    // The deletionTimestamp may come after the end: then the end was none of its doing, and the first word stands.
    ended,
    deletedAt: type === 'deleted' ? at : null,
  };
  return record !== undefined && isSame(record, after) ? record : after;
}

function firstRecord(pod: SparkPod, run: string | null, at: number, type: ObservationType): PodRecord {
  const { createdAt, name, uid } = pod.metadata;
  return {
    uid,
    name,
    role: pod.role,
    executor: pod.executor,
    run,
    writtenAt: createdAt ?? at,
    created: instant(createdAt, at, type),
    unschedulable: null,
    scheduled: null,
    waits: [],
    started: null,
    ended: null,
    deletedAt: null,
  };
}

function waitsWith(waits: readonly Wait[], pod: SparkPod, at: number, type: ObservationType): readonly Wait[] {
  const { container } = pod;
  if (container.state !== 'waiting' || waits.at(-1)?.word === container.word) return waits;
  return [...waits, { word: container.word, why: container.why, at, inferred: type === 'listed' }];
}

function endOf(pod: SparkPod, at: number, type: ObservationType): PodEnd | null {
  const { container } = pod;
  if (container.state === 'ended') {
    const deleted = container.exitCode === 143 && pod.metadata.deletionAt !== null;
    const why = deleted && pod.role === 'executor' ? 'stopped by SIGTERM: its pod was deleted' : endWhy(pod);
    // Spark deletes its executors' pods at the end of a healthy run, and as chance has it they end with 0 or with 143.
    const fine = container.exitCode === 0 || (deleted && pod.role === 'executor');
    return { ...instant(container.endedAt, at, type), word: container.word, phase: fine ? 'succeeded' : 'failed', why };
  }
  if (pod.phase === 'Failed')
    return { at, inferred: type === 'listed', word: pod.reason ?? 'Failed', phase: 'failed', why: endWhy(pod) };
  if (pod.phase === 'Succeeded') return { at, inferred: type === 'listed', word: 'Succeeded', phase: 'succeeded', why: null };
  return null;
}

function isSame(a: PodRecord, b: PodRecord): boolean {
  return (
    a.unschedulable === b.unschedulable &&
    a.scheduled === b.scheduled &&
    a.waits === b.waits &&
    a.started === b.started &&
    a.ended === b.ended &&
    a.deletedAt === b.deletedAt
  );
}

import type { PodRecord } from './pod-record.ts';
import type { Segment } from './timeline.ts';

/**
 * The segments of one pod: `Pending` until it has a node, the waiting reason (`ContainerCreating`) until its container starts,
 * `Running` until that ends, and then a mark without length that says how (`exit 1`, `OOMKilled`). Nothing is drawn after
 * that although the pod may stay for long: nothing runs in it any more.
 *
 * `until` is when it was gone at the latest (its application was deleted, the next pod of its lane came), or null.
 */
export function podSegments(record: PodRecord, attempt: number, until: number | null): Segment[] {
  const starts = podStarts(record);
  const gone = record.deletedAt ?? until;
  if (record.ended === null && gone !== null) {
    starts.push({
      at: gone,
      inferred: record.deletedAt === null,
      state: 'deleted',
      phase: 'unknown',
      why: 'gone before its end was seen',
    });
  }
  let cursor = starts[0]?.at ?? 0;
  const ordered = starts.map((start) => {
    cursor = Math.max(cursor, start.at);
    return { ...start, at: cursor };
  });
  const isOver = record.ended !== null || gone !== null;
  const segments = ordered.map(({ at, ...start }, index): Segment => {
    const isEnd = isOver && index === ordered.length - 1;
    return { ...start, from: at, to: isEnd ? at : (ordered[index + 1]?.at ?? null), attempt };
  });
  return segments.filter((segment, index) => segment.to !== segment.from || (isOver && index === segments.length - 1));
}

type Start = Pick<Segment, 'state' | 'phase' | 'why' | 'inferred'> & { at: number };

function podStarts(record: PodRecord): Start[] {
  const { created, ended, scheduled, started, unschedulable, waits } = record;
  const starts: Start[] = [{ ...created, state: 'Pending', phase: 'starting', why: unschedulable }];
  for (const [index, { at, inferred, ...wait }] of waits.entries()) {
    // The first reason is told some moments after the pod has a node, and holds since then.
    const from = index === 0 && scheduled !== null ? scheduled : { at, inferred };
    starts.push({ ...from, state: wait.word, phase: 'starting', why: wait.why });
  }
  if (waits.length === 0 && scheduled !== null && started !== null) {
    starts.push({ at: scheduled.at, inferred: true, state: 'ContainerCreating', phase: 'starting', why: null });
  }
  if (started !== null) starts.push({ ...started, state: 'Running', phase: 'running', why: null });
  if (ended !== null)
    starts.push({ at: ended.at, inferred: ended.inferred, state: ended.word, phase: ended.phase, why: ended.why });
  return starts;
}

/**
 * Segments of the pods that share a lane, one pod after the other. Where a pod is still there when the next of the same lane
 * comes (an executor that outlives its run), it is cut off at that moment: a lane has one thing at a time.
 */
export function podLaneSegments(
  records: readonly PodRecord[],
  attemptOf: (record: PodRecord) => number,
  until: number | null,
): Segment[] {
  const ordered = records.toSorted((a, b) => a.created.at - b.created.at || (a.uid < b.uid ? -1 : 1));
  return ordered.flatMap((record, index) => {
    const next = ordered[index + 1]?.created.at ?? null;
    const segments = podSegments(record, attemptOf(record), until === null ? null : Math.max(until, lastKnown(record)));
    return next === null ? segments : segments.flatMap((segment) => cutAt(segment, next));
  });
}

function lastKnown(record: PodRecord): number {
  return Math.max(record.created.at, record.started?.at ?? 0, record.scheduled?.at ?? 0, record.waits.at(-1)?.at ?? 0);
}

function cutAt(segment: Segment, limit: number): Segment[] {
  if (segment.from > limit || (segment.from === limit && segment.to !== limit)) return [];
  return [segment.to === null || segment.to > limit ? { ...segment, to: limit } : segment];
}

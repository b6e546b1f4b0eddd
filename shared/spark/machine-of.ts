import type { Segment, Timeline } from '../timeline/timeline.ts';
import type { Machine } from './machine.ts';
import { machineShapes } from './operators/machines.ts';
import type { Operator, Phase } from './state.ts';

/**
 * The operator's machine with the way this application took through it, as far as its lane `application` knows. Every state
 * and edge of the operator is there; one that it does not have (a newer operator's) is added where the lane has it.
 *
 * `spent` leaves the present visit out, unless `now` (epoch milliseconds) is given. `current` is null before anything was
 * seen and once the application is gone.
 */
export function machineOf(operator: Operator, timeline: Timeline, now?: number): Machine {
  const segments = timeline.lanes.find((lane) => lane.kind === 'application')?.segments ?? [];
  const visited = visitsOf(segments, now);
  const counts = edgeCounts(segments);
  const shape = machineShapes[operator];
  const nodes = shape.nodes.map(({ state, phase }) => ({ state, phase, visits: 0, spent: 0, ...visited.get(state) }));
  const known = new Set(nodes.map(({ state }) => state));
  for (const [state, visit] of visited) if (!known.has(state)) nodes.push({ state, ...visit });
  const edges = shape.edges.map(({ from, to }) => ({ from, to, count: counts.get(edgeKey(from, to))?.count ?? 0 }));
  const drawn = new Set(edges.map(({ from, to }) => edgeKey(from, to)));
  for (const [key, edge] of counts) if (!drawn.has(key)) edges.push(edge);
  const last = segments.at(-1);
  const isThere = last !== undefined && last.to === null;
  return { nodes, edges, current: isThere ? last.state : null, since: isThere ? last.from : null };
}

interface Visit {
  /** That of the last visit: FAILING is `retrying` in one run and `finishing` in the next. */
  phase: Phase;
  visits: number;
  spent: number;
}

function visitsOf(segments: readonly Segment[], now: number | undefined): Map<string, Visit> {
  const visited = new Map<string, Visit>();
  for (const { from, phase, state, to } of segments) {
    const before = visited.get(state) ?? { visits: 0, spent: 0 };
    const spent = Math.max(0, (to ?? now ?? from) - from);
    visited.set(state, { phase, visits: before.visits + 1, spent: before.spent + spent });
  }
  return visited;
}

function edgeCounts(segments: readonly Segment[]): Map<string, { from: string; to: string; count: number }> {
  const counts = new Map<string, { from: string; to: string; count: number }>();
  for (const [index, { state: to }] of segments.entries()) {
    const from = segments[index - 1]?.state;
    if (from === undefined) continue;
    const key = edgeKey(from, to);
    counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return counts;
}

function edgeKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

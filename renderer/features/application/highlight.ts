import type { Segment } from '../../../shared/timeline/timeline.ts';

/** What the pointer or the focus is on; the timeline and the state machine light the same thing. */
export type Lit =
  | { kind: 'segment'; index: number }
  | { kind: 'state'; state: string }
  | { kind: 'edge'; from: string; to: string };

/** Nodes, edges and segments of the application's lane that are lit together. */
export interface Lighting {
  states: ReadonlySet<string>;
  /** As {@link edgeKey} writes them. */
  edges: ReadonlySet<string>;
  segments: ReadonlySet<number>;
}

/** One text for an edge. */
export function edgeKey(from: string, to: string): string {
  return `${from} → ${to}`;
}

const DARK: Lighting = { states: new Set(), edges: new Set(), segments: new Set() };

/**
 * A segment lights its state and the edge it was entered by; a state lights all its segments; an edge lights the segments
 * entered by it. `segments` are those of the application's lane.
 */
export function lightingOf(lit: Lit | null, segments: readonly Segment[]): Lighting {
  if (lit === null) return DARK;
  switch (lit.kind) {
    case 'segment': {
      const segment = segments[lit.index];
      const before = segments[lit.index - 1];
      if (!segment) return DARK;
      return {
        states: new Set([segment.state]),
        edges: new Set(before ? [edgeKey(before.state, segment.state)] : []),
        segments: new Set([lit.index]),
      };
    }
    case 'state':
      return {
        states: new Set([lit.state]),
        edges: new Set(),
        segments: indexes(segments, (segment) => segment.state === lit.state),
      };
    case 'edge':
      return {
        states: new Set([lit.from, lit.to]),
        edges: new Set([edgeKey(lit.from, lit.to)]),
        segments: indexes(segments, (segment, before) => segment.state === lit.to && before?.state === lit.from),
      };
  }
}

function indexes(segments: readonly Segment[], matches: (segment: Segment, before: Segment | undefined) => boolean): Set<number> {
  return new Set(segments.flatMap((segment, index) => (matches(segment, segments[index - 1]) ? [index] : [])));
}

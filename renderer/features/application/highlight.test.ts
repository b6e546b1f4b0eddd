import { describe, expect, it } from 'vitest';
import type { Segment } from '../../../shared/timeline/timeline.ts';
import { type Lit, lightingOf } from './highlight.ts';

const lane: Segment[] = ['SUBMITTED', 'RUNNING', 'FAILING', 'PENDING_RERUN', 'SUBMITTED', 'RUNNING'].map((state, index) => ({
  state,
  phase: 'running',
  from: index,
  to: index + 1,
  attempt: 1,
  why: null,
  inferred: false,
}));

describe('lightingOf', () => {
  it.each<[string, Lit | null, string[], string[], number[]]>([
    ['nothing', null, [], [], []],
    ['a segment and the way into it', { kind: 'segment', index: 2 }, ['FAILING'], ['RUNNING → FAILING'], [2]],
    ['the first segment has no way into it', { kind: 'segment', index: 0 }, ['SUBMITTED'], [], [0]],
    ['a segment that is gone by now', { kind: 'segment', index: 9 }, [], [], []],
    ['a state, each time it was', { kind: 'state', state: 'RUNNING' }, ['RUNNING'], [], [1, 5]],
    [
      'an edge, only where it was taken',
      { kind: 'edge', from: 'PENDING_RERUN', to: 'SUBMITTED' },
      ['PENDING_RERUN', 'SUBMITTED'],
      ['PENDING_RERUN → SUBMITTED'],
      [4],
    ],
  ])('%s', (_name, lit, states, edges, segments) => {
    const lighting = lightingOf(lit, lane);
    expect([[...lighting.states], [...lighting.edges], [...lighting.segments]]).toEqual([states, edges, segments]);
  });
});

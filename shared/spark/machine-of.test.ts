import { describe, expect, test } from 'vitest';
import type { Segment, Timeline } from '../timeline/timeline.ts';
import { machineSchema } from './machine.ts';
import { machineOf } from './machine-of.ts';
import { machineShapes } from './operators/machines.ts';
import { operatorSchema } from './state.ts';

function timeline(...states: [string, number, number | null][]): Timeline {
  const segments = states.map(([state, from, to]): Segment => {
    return { state, phase: 'running', from, to, attempt: 1, why: null, inferred: false };
  });
  return { lanes: [{ id: 'application', kind: 'application', label: 'app', segments }], marks: [] };
}

const retried = timeline(
  ['New', 0, 9],
  ['SUBMITTED', 9, 10],
  ['RUNNING', 10, 34],
  ['FAILING', 34, 35],
  ['PENDING_RERUN', 35, 45],
  ['SUBMITTED', 45, 46],
  ['RUNNING', 46, null],
);

describe('machineOf', () => {
  test('counts visits, time spent and edges taken', () => {
    const machine = machineOf('kubeflow', retried);
    const node = (state: string) => machine.nodes.find((candidate) => candidate.state === state);
    const edge = (from: string, to: string) =>
      machine.edges.find((candidate) => candidate.from === from && candidate.to === to)?.count;
    expect(node('RUNNING')).toMatchObject({ visits: 2, spent: 24 });
    expect(node('SUBMITTED')).toMatchObject({ visits: 2, spent: 2 });
    expect(node('COMPLETED')).toMatchObject({ visits: 0, spent: 0, phase: 'succeeded' });
    expect([edge('SUBMITTED', 'RUNNING'), edge('FAILING', 'PENDING_RERUN'), edge('FAILING', 'FAILED')]).toEqual([2, 1, 0]);
    expect([machine.current, machine.since]).toEqual(['RUNNING', 46]);
    expect(machine.nodes).toHaveLength(14);
  });

  test('counts the present visit up to now when told the time', () => {
    expect(machineOf('kubeflow', retried, 100).nodes.find(({ state }) => state === 'RUNNING')?.spent).toBe(24 + 54);
  });

  test('has no current state once the application is gone', () => {
    expect(machineOf('kubeflow', timeline(['New', 0, 5]))).toMatchObject({ current: null, since: null });
  });

  test('adds a state and an edge that the operator is not known to have', () => {
    const machine = machineOf('kubeflow', timeline(['New', 0, 5], ['HIBERNATING', 5, null]));
    expect(machine.nodes.at(-1)).toMatchObject({ state: 'HIBERNATING', visits: 1 });
    expect(machine.edges.at(-1)).toEqual({ from: 'New', to: 'HIBERNATING', count: 1 });
  });

  test.each(operatorSchema.options)('%s: has every state and edge of its operator before anything was seen', (operator) => {
    const machine = machineSchema.parse(machineOf(operator, { lanes: [], marks: [] }));
    expect(machine.nodes.map(({ state }) => state)).toEqual(machineShapes[operator].nodes.map(({ state }) => state));
    expect(machine.edges.every(({ count }) => count === 0)).toBe(true);
    expect(machine.current).toBeNull();
  });
});

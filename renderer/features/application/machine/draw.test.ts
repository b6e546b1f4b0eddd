import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../../shared/spark/machine.ts';
import type { MachineLayout } from '../../../../shared/spark/machine-layout.ts';
import { breakWord, drawMachine } from './draw.ts';

const layout: MachineLayout = {
  columns: 3,
  rows: 1,
  places: { New: { x: 0, y: 0 }, RUNNING: { x: 1, y: 0 }, COMPLETED: { x: 2, y: 0 } },
  fromAny: ['COMPLETED'],
};

function machine(change: Partial<Machine>): Machine {
  const nodes = ['New', 'RUNNING', 'COMPLETED'].map((state) => ({ state, phase: 'running' as const, visits: 0, spent: 0 }));
  return { nodes, edges: [], current: null, since: null, ...change };
}

describe('drawMachine', () => {
  it('spreads the columns over the width', () => {
    const { nodes, width } = drawMachine(machine({}), layout, 600);
    expect([width, ...nodes.map(({ box }) => box.x)]).toEqual([600, 100, 300, 500]);
  });

  it.each([
    ['neighbours', 'New', 'RUNNING', false],
    ['from the first to the third column', 'New', 'COMPLETED', true],
    ['to where every state leads', 'RUNNING', 'COMPLETED', true],
  ])('tells far edges: %s', (_name, from, to, far) => {
    expect(drawMachine(machine({ edges: [{ from, to, count: 0 }] }), layout, 600).edges).toMatchObject([{ far }]);
  });

  it('draws what was taken above what was not', () => {
    const drawing = drawMachine(
      machine({
        edges: [
          { from: 'New', to: 'RUNNING', count: 2 },
          { from: 'RUNNING', to: 'New', count: 0 },
        ],
      }),
      layout,
      600,
    );
    expect(drawing.edges.map(({ edge }) => edge.count)).toEqual([0, 2]);
  });

  it('has room for a taken way that bows over the first row, and none for one that is not drawn', () => {
    const drawn = (count: number) => {
      const { top, height, edges } = drawMachine(machine({ edges: [{ from: 'New', to: 'COMPLETED', count }] }), layout, 600);
      return { top, bottom: top + height, middle: edges[0]?.route.middle.y ?? Number.NaN };
    };
    const taken = drawn(1);
    expect(Math.min(taken.middle - taken.top, taken.bottom - taken.middle)).toBeGreaterThan(4);
    expect(taken.middle < 0 || taken.middle > drawn(0).bottom).toBe(true);
    expect(drawn(0)).toMatchObject({ top: 0, bottom: drawMachine(machine({}), layout, 600).height });
  });

  it('puts a state it does not know below the grid, and drops edges to nowhere', () => {
    const stranger = { state: 'HIBERNATING', phase: 'unknown' as const, visits: 1, spent: 0 };
    const drawing = drawMachine(
      machine({ nodes: [stranger], edges: [{ from: 'HIBERNATING', to: 'GONE', count: 1 }] }),
      layout,
      600,
    );
    expect(drawing.nodes[0]?.box.y).toBeGreaterThan(drawMachine(machine({}), layout, 600).height - 16);
    expect(drawing.edges).toEqual([]);
  });
});

describe('breakWord', () => {
  it.each([
    ['RUNNING', 14, ['RUNNING']],
    ['SUBMISSION_FAILED', 14, ['SUBMISSION_', 'FAILED']],
    ['RunningWithBelowThresholdExecutors', 20, ['RunningWithBelow', 'ThresholdExecutors']],
    ['ABCDEFGHIJKLMNOP', 8, ['ABCDEFG…']],
  ])('%s in %d', (word, length, lines) => expect(breakWord(word, length)).toEqual(lines));
});

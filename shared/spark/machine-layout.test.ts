import { describe, expect, test } from 'vitest';
import { machineLayouts } from './machine-layout.ts';
import { machineShapes } from './operators/machines.ts';
import { operatorSchema } from './state.ts';

describe.each(operatorSchema.options)('%s', (operator) => {
  const shape = machineShapes[operator];
  const layout = machineLayouts[operator];

  test('every state has its own place inside the grid', () => {
    expect(Object.keys(layout.places).sort()).toEqual(shape.nodes.map((node) => node.state).sort());
    const places = Object.values(layout.places);
    expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(places.length);
    expect(Math.max(...places.map(({ x }) => x))).toBe(layout.columns - 1);
    expect(Math.max(...places.map(({ y }) => y))).toBe(layout.rows - 1);
  });

  test('edges join known states, each once', () => {
    const states = new Set(shape.nodes.map((node) => node.state));
    for (const { from, to } of shape.edges) expect([states.has(from), states.has(to)], `${from} to ${to}`).toEqual([true, true]);
    expect(new Set(shape.edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(shape.edges.length);
    expect(layout.fromAny.every((state) => states.has(state))).toBe(true);
  });

  test('every state but the first can be reached', () => {
    const entered = new Set(shape.edges.map(({ to }) => to));
    expect(shape.nodes.slice(1).filter(({ state }) => !entered.has(state))).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import type { Segment } from './timeline.ts';
import { toldByDriver } from './told-by-driver.ts';

function segment(state: string, phase: Segment['phase'], why: string | null, attempt = 1): Segment {
  return { state, phase, why, attempt, from: 0, to: 0, inferred: false };
}

const deleted = segment('exit 143', 'failed', 'driver pod was deleted (exit 143)');

test.each([
  ['SUBMITTED', null, [segment('Pending', 'starting', 'Unschedulable: no node')], 'Unschedulable: no node'],
  ['SUBMITTED', null, [segment('Pending', 'starting', 'Unschedulable: no node', 2)], null],
  ['FAILED', 'exit 143', [deleted], 'driver pod was deleted (exit 143)'],
  ['FAILED', 'exit 1', [deleted], 'exit 1'],
  ['FAILED', 'driver pod not found', [deleted], 'driver pod not found'],
  ['RUNNING', null, [deleted], null],
])('%s with %j', (state, why, driver, expected) => {
  expect(toldByDriver([segment(state, 'unknown', why)], driver)[0]?.why).toBe(expected);
});

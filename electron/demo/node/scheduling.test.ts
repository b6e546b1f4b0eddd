import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { resourcesOf } from './resources.ts';
import { type Load, obstaclesOf, unschedulableWords } from './scheduling.ts';

const empty: Load = { pods: 0, requests: {} };

const node = (spec: JsonObject = {}, labels: JsonObject = {}): JsonObject => ({
  metadata: { name: 'demo-1', labels },
  spec,
  status: { allocatable: { cpu: '8', memory: '32Gi', pods: '3' } },
});
const pod = (spec: JsonObject = {}, requests: JsonObject = {}): JsonObject => ({
  spec: { containers: [{ name: 'main', resources: { requests } }], ...spec },
});
const why = (one: JsonObject, on: JsonObject, load = empty): string[] =>
  obstaclesOf(one, resourcesOf(one, 'requests'), on, load).map(({ words }) => words);

const spark = { key: 'workload', value: 'spark', effect: 'NoSchedule' };
const zone = (operator: string, ...values: string[]): JsonObject => {
  const nodeSelectorTerms = [{ matchExpressions: [{ key: 'zone', operator, values }] }];
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
};

const notMatched = ["node(s) didn't match Pod's node affinity/selector"];
const tainted = ['node(s) had untolerated taint(s)'];
const cases: [what: string, pod: JsonObject, node: JsonObject, obstacles: string[]][] = [
  ['a small pod', pod({}, { cpu: '1', memory: '1Gi' }), node(), []],
  ['all of it', pod({}, { cpu: '8', memory: '32Gi' }), node(), []],
  ['a thousandth too much', pod({}, { cpu: '8001m' }), node(), ['Insufficient cpu']],
  ['too much of both', pod({}, { cpu: '9', memory: '33Gi' }), node(), ['Insufficient cpu', 'Insufficient memory']],
  ['what no node has', pod({}, { 'nvidia.com/gpu': '1' }), node(), ['Insufficient nvidia.com/gpu']],
  ['a cordoned node', pod(), node({ unschedulable: true }), ['node(s) were unschedulable']],
  ['a taint', pod(), node({ taints: [spark] }), tainted],
  ['a taint of preference', pod(), node({ taints: [{ ...spark, effect: 'PreferNoSchedule' }] }), []],
  ['a tolerated taint', pod({ tolerations: [{ ...spark, operator: 'Equal' }] }), node({ taints: [spark] }), []],
  ['another value tolerated', pod({ tolerations: [{ ...spark, value: 'flink' }] }), node({ taints: [spark] }), tainted],
  ['everything tolerated', pod({ tolerations: [{ operator: 'Exists' }] }), node({ taints: [spark], unschedulable: true }), []],
  ['a label', pod({ nodeSelector: { zone: 'a' } }), node({}, { zone: 'a' }), []],
  ['another label', pod({ nodeSelector: { zone: 'a' } }), node({}, { zone: 'b' }), notMatched],
  ['affinity In', pod(zone('In', 'a', 'b')), node({}, { zone: 'b' }), []],
  ['affinity NotIn', pod(zone('NotIn', 'a')), node({}, { zone: 'a' }), notMatched],
  ['affinity NotIn without the label', pod(zone('NotIn', 'a')), node(), []],
  ['affinity Exists', pod(zone('Exists')), node(), notMatched],
  ['affinity Gt', pod(zone('Gt', '3')), node({}, { zone: '4' }), []],
  ['a taint before resources', pod({}, { cpu: '99' }), node({ taints: [spark] }), tainted],
];

test.each(cases)('%s', (_, one, on, obstacles) => {
  expect(why(one, on)).toEqual(obstacles);
});

describe('what is there already', () => {
  test('leaves the rest of a resource, and of the number of pods', () => {
    const load = { pods: 1, requests: resourcesOf(pod({}, { cpu: '7' }), 'requests') };
    expect(why(pod({}, { cpu: '1' }), node(), load)).toEqual([]);
    expect(why(pod({}, { cpu: '1001m' }), node(), load)).toEqual(['Insufficient cpu']);
    expect(why(pod(), node(), { ...empty, pods: 3 })).toEqual(['Too many pods']);
  });

  test('may go away, which only what would fit an empty node is told', () => {
    const full = { pods: 1, requests: resourcesOf(pod({}, { cpu: '7' }), 'requests') };
    const fits = pod({}, { cpu: '2' });
    const nodes = [node(), node({ taints: [spark] })];
    const obstacles = nodes.map((one) => obstaclesOf(fits, resourcesOf(fits, 'requests'), one, full));
    expect(unschedulableWords(obstacles)).toBe(
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: ' +
        '0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
    );
  });
});

test('an init container counts where it asks for more than the others together', () => {
  const containers = [{ resources: { requests: { cpu: '1' } } }, { resources: { limits: { cpu: '500m' } } }];
  const initContainers = [{ resources: { requests: { cpu: '2', memory: '1Gi' } } }];
  const asked = resourcesOf({ spec: { containers, initContainers } }, 'requests');
  expect(asked.cpu?.thousandths).toBe(2000n);
  expect(asked.memory?.thousandths).toBe(1024n ** 3n * 1000n);
});

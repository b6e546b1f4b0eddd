import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { react } from './react.ts';

const cluster = (spec: JsonObject): JsonObject => ({ kind: 'SparkCluster', spec });
const application = (spec: JsonObject): JsonObject => ({ kind: 'SparkApplication', spec });
const two = cluster({ worker: { instances: 2, cpu: '1' } });

test.each<[string, JsonObject | null, JsonObject, string]>([
  ['a new cluster', null, two, 'deploy ready'],
  ['a new application', null, application({}), 'deploy ready'],
  ['a new status', two, { ...two, status: { state: 'ready' } }, 'nothing'],
  ['more workers', two, cluster({ worker: { instances: 3, cpu: '1' } }), 'deploy scaled'],
  ['the first word about workers', cluster({}), cluster({ worker: { instances: 3 } }), 'deploy scaled'],
  ['larger workers', two, cluster({ worker: { instances: 3, cpu: '2' } }), 'deploy ready'],
  ['another application', application({ sleep: 1 }), application({ sleep: 2 }), 'clear deploy ready'],
])('%s', (_case, before, object, expected) => {
  const reaction = react({ type: before === null ? 'ADDED' : 'MODIFIED', before, object });
  const { clear = false, deploy = false, state = null } = reaction ?? {};
  const told = [clear ? 'clear' : '', deploy ? 'deploy' : '', state ?? ''].filter((word) => word !== '').join(' ');
  expect(told || 'nothing').toBe(expected);
});

test('what is deleted is cleared', () => {
  expect(react({ type: 'DELETED', before: two, object: two })).toEqual({ clear: true, deploy: false, state: null });
});

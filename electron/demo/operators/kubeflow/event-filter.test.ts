import { expect, test } from 'vitest';
import { type Kind, pods, services, sparkApplications } from '../../api/kinds.ts';
import type { ChangeType } from '../../api/store.ts';
import type { JsonObject } from '../../json.ts';
import { invalidates, type Write, wokenBy } from './event-filter.ts';

const pod = (phase: string, submission = 'a'): JsonObject => ({
  metadata: {
    name: 'x',
    namespace: 'default',
    labels: {
      'sparkoperator.k8s.io/app-name': 'pi',
      'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
      'sparkoperator.k8s.io/submission-id': submission,
    },
  },
  status: { phase },
});
const application = (spec: JsonObject): JsonObject => ({ metadata: { name: 'pi', namespace: 'default' }, spec });
const live = (key: string): JsonObject | null => (key === 'default/pi' ? { status: { submissionID: 'a' } } : null);
const change = (type: ChangeType, kind: Kind, object: JsonObject, before: JsonObject | null = null): Write => ({
  type,
  kind,
  object,
  before,
});
const unlabelled: JsonObject = { metadata: { name: 'x', namespace: 'default' }, status: { phase: 'Running' } };

test.each<[string, Write, string | null]>([
  ['a new application', change('ADDED', sparkApplications, application({})), 'default/pi'],
  ['a changed one', change('MODIFIED', sparkApplications, application({}), application({})), 'default/pi'],
  ['a deleted one', change('DELETED', sparkApplications, application({})), null],
  ['a new pod of its run', change('ADDED', pods, pod('Pending')), 'default/pi'],
  ['a changed phase', change('MODIFIED', pods, pod('Running'), pod('Pending')), 'default/pi'],
  ['the same phase, whatever else changed', change('MODIFIED', pods, pod('Running'), pod('Running')), null],
  ['a deleted pod', change('DELETED', pods, pod('Failed'), pod('Failed')), 'default/pi'],
  ['a pod of an earlier submission', change('DELETED', pods, pod('Failed', 'old'), pod('Failed', 'old')), null],
  ['a pod that no operator launched', change('ADDED', pods, unlabelled), null],
  ['another kind', change('ADDED', services, pod('')), null],
])('woken by %s', (_, given, key) => {
  expect(wokenBy(given, live)).toBe(key);
});

test.each<[JsonObject, JsonObject, boolean]>([
  [{ executor: { instances: 1 } }, { executor: { instances: 2 } }, true],
  [{ a: 1 }, {}, true],
  [{}, { suspend: true }, false],
  [{ timeToLiveSeconds: 5 }, { timeToLiveSeconds: 9 }, false],
  [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, false],
])('from %o to %o starts over: %s', (before, after, expected) => {
  expect(invalidates(change('MODIFIED', sparkApplications, application(after), application(before)))).toBe(expected);
});

import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/failure.ts';
import { type PlannedObject, planSubmission } from './plan.ts';
import { problemsOf } from './refusal.ts';

const text = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: pi
  namespace: analytics
spec:
  type: Go
  foo: 1
  sparkConf:
    spark.ui.port: 4040
  volumes:
    - nam: x
  driver:
    core: 1
    cores: 0
  executor:
    instances: two
`;

function pi(): PlannedObject {
  const [object] = planSubmission(text, 'default').objects;
  if (object === undefined) throw new Error('the text above is not an application');
  return object;
}

const typed = 'failed to create typed patch object (analytics/pi; sparkoperator.k8s.io/v1beta2, Kind=SparkApplication): ';
const invalid = (...causes: { field: string; message: string }[]): Failure => ({
  code: 'invalid',
  message: 'is invalid',
  causes,
});
const server = (message: string, status = 500): Failure => ({ code: 'server-error', status, message });
const forbidden = (message: string): Failure => ({
  code: 'forbidden',
  verb: 'patch',
  resource: 'sparkapplications',
  group: 'sparkoperator.k8s.io',
  namespace: 'analytics',
  user: 'viewer',
  message,
});

// What a Kubernetes 1.34 API server answered to server-side apply with fieldValidation=Strict, but for the last word of webhooks.
const answers: [string, Failure, [line: number, field: string, words: RegExp][]][] = [
  [
    'one unknown field',
    server(`${typed}.spec.foo: field not declared in schema`),
    [[8, 'spec.foo', /field not declared in schema/]],
  ],
  [
    'several unknown fields',
    server(
      `${typed}errors:\n  .spec.driver.core: field not declared in schema\n  .spec.volumes[0].nam: field not declared in schema\n  .spec.foo: field not declared in schema`,
    ),
    [
      [14, 'spec.driver.core', /not declared/],
      [12, 'spec.volumes[0].nam', /not declared/],
      [8, 'spec.foo', /not declared/],
    ],
  ],
  [
    'a number where text belongs, under a key with dots',
    server(`${typed}.spec.sparkConf.spark.ui.port: expected string, got &value.valueUnstructured{Value:4040}`),
    [[10, 'spec.sparkConf.spark.ui.port', /^expected string, got 4040$/]],
  ],
  [
    'a map where text belongs',
    server(`${typed}.spec.driver.cores: expected string, got &value.valueUnstructured{Value:map[string]interface {}{}}`),
    [[15, 'spec.driver.cores', /^expected string, got a map: \{\}$/]],
  ],
  [
    'text where a number belongs',
    server(`${typed}.spec.executor.instances: expected numeric (int or float), got string`),
    [[17, 'spec.executor.instances', /expected numeric/]],
  ],
  [
    'a required field that is missing',
    invalid({ field: 'spec.sparkVersion', message: 'Required value' }),
    [[6, 'spec.sparkVersion', /^Required value$/]],
  ],
  [
    'wrong values',
    invalid(
      { field: 'spec.type', message: 'Unsupported value: "Go": supported values: "Java", "Python", "Scala", "R"' },
      { field: 'spec.volumes[0].name', message: 'Required value' },
      { field: 'spec.driver.cores', message: 'Invalid value: 0: spec.driver.cores in body should be greater than or equal to 1' },
    ),
    [
      [7, 'spec.type', /"Scala"/],
      [12, 'spec.volumes[0].name', /Required/],
      [15, 'spec.driver.cores', /greater than or equal to 1/],
    ],
  ],
  [
    'a cause said twice',
    invalid({ field: 'metadata.name', message: 'too long' }, { field: 'metadata.name', message: 'too long' }),
    [[4, 'metadata.name', /too long/]],
  ],
  [
    'one field, already taken out of the sentence',
    {
      code: 'invalid',
      message: `${typed}.spec.sparkConf.spark.ui.port: expected string, got &value.valueUnstructured{Value:4040}`,
      causes: [{ field: 'spec.sparkConf.spark.ui.port', message: 'expected string, got &value.valueUnstructured{Value:4040}' }],
    },
    [[10, 'spec.sparkConf.spark.ui.port', /^expected string, got 4040$/]],
  ],
  [
    'strict decoding',
    { code: 'invalid', message: 'strict decoding error: unknown field "spec.foo", unknown field "spec.driver.core"', causes: [] },
    [
      [8, 'spec.foo', /unknown field/],
      [14, 'spec.driver.core', /unknown field/],
    ],
  ],
  [
    'a webhook that says no',
    forbidden('admission webhook "validate.sparkoperator.k8s.io" denied the request: nodeSelector at both levels'),
    [[2, '', /nodeSelector at both levels/]],
  ],
  ['a quota', forbidden('pods "pi" is forbidden: exceeded quota: small, requested: count/pods=1'), [[2, '', /exceeded quota/]]],
  [
    'a webhook that does not answer',
    server('failed calling webhook "x": connection refused'),
    [[2, '', /failed calling webhook/]],
  ],
];

describe('problemsOf', () => {
  it.each(answers)('puts the words about %s at their lines', (_, failure, expected) => {
    const problems = problemsOf(failure, pi()) ?? [];
    expect(problems.map(({ line, field }) => [line, field])).toEqual(expected.map(([line, field]) => [line, field]));
    for (const [at, problem] of problems.entries()) {
      expect('message' in problem.failure ? problem.failure.message : '').toMatch(expected[at]?.[2] ?? /^$/);
    }
  });

  it('keeps a missing right as it is', () => {
    const failure = forbidden(
      'sparkapplications.sparkoperator.k8s.io "pi" is forbidden: User "viewer" cannot patch resource "sparkapplications" in API group "sparkoperator.k8s.io" in the namespace "analytics"',
    );
    expect(problemsOf(failure, pi())).toMatchObject([{ line: 2, field: '', failure }]);
  });

  const taken = { line: 4, field: 'metadata.name', failure: { code: 'name-taken', namespace: 'analytics', name: 'pi' } };
  const absent = {
    line: 2,
    field: '',
    failure: { code: 'kind-absent', group: 'sparkoperator.k8s.io', kind: 'SparkApplication' },
  };
  it.each<[Failure, unknown]>([
    [{ code: 'conflict', kind: 'sparkapplications', name: 'pi', message: 'the object has been modified' }, taken],
    [{ code: 'name-taken', kind: 'sparkapplications', namespace: 'analytics', name: 'pi' }, taken],
    [
      { code: 'conflict', kind: 'sparkapplications', name: 'pi', message: 'uid mismatch: the provided object specified uid 1' },
      { field: 'metadata.uid', failure: { code: 'invalid' } },
    ],
    [{ code: 'not-found', kind: 'sparkapplications', namespace: 'analytics', name: 'pi' }, absent],
    [{ code: 'kind-absent', group: 'sparkoperator.k8s.io', kind: 'sparkapplications' }, absent],
    [
      { code: 'not-found', kind: 'namespaces', namespace: null, name: 'analytics' },
      { line: 5, field: 'metadata.namespace', failure: { code: 'not-found', kind: 'Namespace' } },
    ],
  ])('%j becomes the object’s own failure', (failure, problem) => {
    expect(problemsOf(failure, pi())).toMatchObject([problem]);
  });

  it('leaves failures of the connection to the caller', () => {
    expect(problemsOf({ code: 'unreachable', server: 'https://x', reason: 'ECONNREFUSED' }, pi())).toBeNull();
    expect(problemsOf({ code: 'unauthorised', server: 'https://x', message: 'Unauthorized' }, pi())).toBeNull();
  });
});

import { expect, test } from 'vitest';
import type { Failure } from '../../../shared/failure.ts';
import { operatorSchema } from '../../../shared/spark/state.ts';
import { NO_APPLICATIONS } from './model.ts';
import { joinNames, nothingCanBeSeen, reasonsOf, refusals, unseenLine } from './reasons.ts';

const absent: Failure = { code: 'kind-absent', group: 'spark.apache.org', kind: 'SparkApplication' };
const signedOut: Failure = { code: 'unauthorised', server: 's', message: '' };
const refused = (failure: Failure) => ({ state: 'refused', failure }) as const;

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j are %s', (names, joined) => expect(joinNames(names)).toBe(joined));

test('the line tells what is not installed from what cannot be seen', () => {
  expect(unseenLine([])).toBeNull();
  expect(unseenLine([{ operator: 'apache', failure: absent }])).toBe('Not installed here: Apache');
  expect(
    unseenLine([
      { operator: 'apache', failure: absent },
      { operator: 'spark-submit', failure: signedOut },
      { operator: 'radanalytics', failure: absent },
    ]),
  ).toBe('Not installed here: Apache and radanalytics · Cannot be seen: spark-submit');
});

test('what one user may not list is one reason, with one command for all of it', () => {
  const forbidden = (group: string, resource: string, namespace: string | null): Failure => ({
    code: 'forbidden',
    user: 'viewer',
    verb: 'list',
    group,
    resource,
    namespace,
    message: 'no',
  });
  const [first, second, third, ...rest] = reasonsOf([
    { operator: 'kubeflow', failure: forbidden('sparkoperator.k8s.io', 'sparkapplications', 'a') },
    { operator: 'apache', failure: absent },
    { operator: 'spark-submit', failure: forbidden('', 'pods', 'a') },
    { operator: 'radanalytics', failure: forbidden('radanalytics.io', 'sparkapplications', null) },
  ]);
  expect([first?.operators, second?.operators, third?.operators, rest]).toEqual([
    ['kubeflow', 'spark-submit'],
    ['apache'],
    ['radanalytics'],
    [],
  ]);
  expect(first?.description).toMatchObject({
    title: 'viewer may not list sparkapplications.sparkoperator.k8s.io and pods in a.',
    detail: null,
  });
  expect(first?.description.command?.split('\n')[0]).toBe(
    'kubectl create role emberdeck-list-sparkapplications-pods --namespace=a --verb=get,list,watch --resource=sparkapplications.sparkoperator.k8s.io,pods',
  );
});

test('a kind that is only loading is no refusal', () => {
  expect(refusals([{ operator: 'apache', freshness: { state: 'loading', received: 0 } }])).toEqual([]);
});

test('nothing can be seen when every kind is refused', () => {
  const unseen = operatorSchema.options.map((operator) => ({ operator, freshness: refused(absent) }));
  const live = { ...NO_APPLICATIONS, freshness: { state: 'live' } as const };
  expect(nothingCanBeSeen({ ...live, unseen })).toBe(true);
  expect(nothingCanBeSeen({ ...live, unseen: unseen.slice(1) })).toBe(false);
  expect(nothingCanBeSeen({ ...live, freshness: refused(signedOut) })).toBe(true);
});

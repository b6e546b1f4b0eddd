import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ApplicationRow, type ApplicationsBatch, applicationRowSchema } from '../../../shared/contract/applications.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import { applicationRow } from '../../../shared/spark/row.ts';
import type { Operator } from '../../../shared/spark/state.ts';
import type { ApiObject } from '../../watch/index.ts';
import { foldBatches, listApplications } from './list.ts';
import { anApplication, aPod, scriptedCaches } from './testing.ts';

const caches = {
  kubeflow: 'sparkoperator.k8s.io/sparkapplications',
  apache: 'spark.apache.org/sparkapplications',
  pods: '/pods',
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

const names = ['pi', 'etl', '__proto__', 'constructor'];
const name = fc.constantFrom(...names);
const application = fc.record({
  cache: fc.constantFrom('kubeflow' as const, 'apache' as const),
  name,
  state: fc.constantFrom('', 'SUBMITTED', 'RUNNING', 'COMPLETED', 'FAILED', 'toString'),
  incarnation: fc.constantFrom('a', 'b'),
});
const pod = fc.record({
  cache: fc.constant('pods' as const),
  name: fc.constantFrom('driver', 'exec-1', 'exec-2'),
  of: fc.option(name, { nil: null, freq: 2 }),
  operator: fc.constantFrom('kubeflow', 'apache'),
  owner: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), what: fc.oneof(application, pod) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), pick: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('relist' as const), cache: fc.constantFrom('kubeflow' as const, 'pods' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const), read: fc.boolean() }) },
);

type Cache = keyof typeof caches;
type Made<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type Known = Map<string, { cache: Cache; object: ApiObject }>;

function objectOf(what: Made<typeof application>): ApiObject {
  const object = anApplication(what.name, what.state);
  if (what.cache === 'apache') object.apiVersion = 'spark.apache.org/v1';
  object.metadata.uid = `${what.cache}-${what.name}-${what.incarnation}`;
  return object;
}

function podOf(what: Made<typeof pod>): ApiObject {
  const role = what.name === 'driver' ? 'driver' : 'executor';
  const object = aPod(what.name, role, what.of);
  const labels = { ...object.metadata.labels };
  if (what.operator === 'apache' && what.of !== null) {
    delete labels['sparkoperator.k8s.io/app-name'];
    labels['spark.operator/spark-app-name'] = what.of;
  }
  const group = what.operator === 'apache' ? 'spark.apache.org/v1' : 'sparkoperator.k8s.io/v1beta2';
  const uid = `${what.operator}-${what.of}-${what.owner}`;
  const ownerReferences =
    what.owner === null ? [] : [{ apiVersion: group, kind: 'SparkApplication', name: String(what.of), uid }];
  return { ...object, metadata: { ...object.metadata, labels, ownerReferences } };
}

/** The rows as somebody would write them who looks at everything at once. */
function expected(known: Known): ApplicationRow[] {
  const all = [...known.values()];
  const pods = all.filter(({ cache }) => cache === 'pods').map(({ object }) => object);
  return all.flatMap(({ cache, object }) => {
    const operator: Operator = cache === 'pods' ? 'spark-submit' : cache;
    const adapter = operators[operator];
    if (!adapter.isApplication(object)) return [];
    const own = pods.filter((each) => each.metadata.namespace === object.metadata.namespace && adapter.ownsPod(object, each));
    return [applicationRow(operator, object, own)];
  });
}

it('shows in any order of changes the rows of what is there at the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const script = scriptedCaches();
      const known: Known = new Map();
      let shown = new Map<string, ApplicationRow>();
      let unread: ApplicationsBatch | null = null;
      const read = () => {
        if (unread?.reset) shown = new Map();
        for (const uid of unread?.gone ?? []) shown.delete(uid);
        for (const row of unread?.changed ?? []) shown.set(row.uid, applicationRowSchema.parse(row));
        unread = null;
      };
      const end = listApplications(script.caches, 'test', 'default', (batch) => {
        unread = unread === null ? batch : foldBatches(unread, batch);
      });
      for (const each of steps) {
        if (each.do === 'put') {
          const object = each.what.cache === 'pods' ? podOf(each.what) : objectOf(each.what);
          const { uid } = object.metadata;
          const type = known.has(uid) ? 'modified' : 'added';
          known.set(uid, { cache: each.what.cache, object });
          script.change(caches[each.what.cache], type, object);
        } else if (each.do === 'delete') {
          const gone = [...known].at(each.pick % Math.max(1, known.size));
          if (gone === undefined) continue;
          known.delete(gone[0]);
          script.change(caches[gone[1].cache], 'deleted', gone[1].object);
        } else if (each.do === 'relist') {
          const kept = [...known.values()].filter(({ cache }) => cache === each.cache).map(({ object }) => object);
          script.list(caches[each.cache], kept);
        } else {
          await settled();
          if (each.read) read();
        }
      }
      await settled();
      read();
      end();
      const byUid = (one: ApplicationRow, other: ApplicationRow) => (one.uid < other.uid ? -1 : 1);
      expect([...shown.values()].sort(byUid)).toEqual(expected(known).sort(byUid));
    }),
    { numRuns: 400 },
  );
});

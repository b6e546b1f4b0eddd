import { expect, it } from 'vitest';
import type { ApplicationsBatch } from '../../../shared/contract/applications.ts';
import { foldBatches, listApplications } from './list.ts';
import { anApplication, aPod, scriptedCaches } from './testing.ts';

const kubeflow = 'sparkoperator.k8s.io/sparkapplications';
const apache = 'spark.apache.org/sparkapplications';
const radanalytics = 'radanalytics.io/sparkapplications';
const pods = '/pods';
const settled = () => new Promise((resolve) => setTimeout(resolve));

async function start() {
  const script = scriptedCaches();
  const batches: ApplicationsBatch[] = [];
  const end = listApplications(script.caches, 'test', 'default', (batch) => batches.push(batch));
  for (const name of [kubeflow, apache, radanalytics, pods]) script.list(name, []);
  await settled();
  return { ...script, end, batches, last: () => batches.at(-1) };
}

it('shows an application with the executors that run of those it wants', async () => {
  const { change, last } = await start();
  change(kubeflow, 'added', anApplication('pi', 'RUNNING'));
  change(pods, 'added', aPod('pi-driver', 'driver', 'pi'));
  change(pods, 'added', aPod('pi-exec-1', 'executor', 'pi'));
  await settled();
  expect(last()?.changed).toMatchObject([
    { name: 'pi', operator: 'kubeflow', state: { phase: 'running', word: 'RUNNING' }, executors: { running: 1, total: 2 } },
  ]);
});

it('touches only the row a pod belongs to', async () => {
  const { change, last } = await start();
  change(kubeflow, 'added', anApplication('pi', 'RUNNING'));
  change(kubeflow, 'added', anApplication('etl', 'RUNNING'));
  await settled();
  change(pods, 'added', aPod('etl-exec-1', 'executor', 'etl'));
  await settled();
  expect(last()?.changed.map((row) => row.name)).toEqual(['etl']);
});

it('takes a driver nobody owns for an application of spark-submit, and no other', async () => {
  const { change, last, batches } = await start();
  change(pods, 'added', aPod('plain-driver', 'driver', null));
  await settled();
  expect(last()?.changed).toMatchObject([{ name: 'plain', operator: 'spark-submit', executors: { running: 0, total: 0 } }]);
  change(pods, 'added', aPod('plain-exec-1', 'executor', null));
  await settled();
  expect(last()?.changed).toMatchObject([{ name: 'plain', executors: { running: 1, total: 1 } }]);
  const before = batches.length;
  change(pods, 'added', aPod('pi-driver', 'driver', 'pi'));
  await settled();
  expect(batches.slice(before).flatMap((batch) => batch.changed)).toEqual([]);
});

it('tells what is gone', async () => {
  const { change, last } = await start();
  const pi = anApplication('pi', 'RUNNING');
  change(kubeflow, 'added', pi);
  await settled();
  change(kubeflow, 'deleted', pi);
  await settled();
  expect(last()).toMatchObject({ changed: [], gone: ['uid-pi'] });
});

it('is live while some kinds are not installed, and names them', async () => {
  const { freshness, last } = await start();
  freshness(apache, { state: 'refused', failure: { code: 'kind-absent', group: 'spark.apache.org', kind: 'SparkApplication' } });
  await settled();
  expect(last()?.freshness).toEqual({ state: 'live' });
  expect(last()?.unseen.map(({ operator }) => operator)).toEqual(['apache']);
});

it('keeps quiet about changes that do not show', async () => {
  const { change, batches } = await start();
  change(kubeflow, 'added', anApplication('pi', 'RUNNING'));
  await settled();
  const before = batches.length;
  change(kubeflow, 'modified', anApplication('pi', 'RUNNING'));
  change(pods, 'added', aPod('pi-driver', 'driver', 'pi'));
  await settled();
  expect(batches.slice(before)).toEqual([]);
});

it('ends all its watches', async () => {
  const { end, open } = await start();
  expect(open()).toBe(4);
  end();
  expect(open()).toBe(0);
});

it('folds batches into what a slow reader would have seen', async () => {
  const { change, batches } = await start();
  const [pi, etl] = [anApplication('pi', 'SUBMITTED'), anApplication('etl', 'RUNNING')];
  change(kubeflow, 'added', pi);
  await settled();
  change(kubeflow, 'modified', anApplication('pi', 'RUNNING'));
  change(kubeflow, 'added', etl);
  await settled();
  change(kubeflow, 'deleted', etl);
  await settled();
  const folded = batches.slice(1).reduce(foldBatches);
  expect(folded.changed.map(({ name, state }) => [name, state.word])).toEqual([['pi', 'RUNNING']]);
  expect(folded.gone).toEqual(['uid-etl']);
});

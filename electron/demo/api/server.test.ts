import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: ['kubeflow'] });
});

afterAll(() => bench.cluster.close());

const pods = '/api/v1/namespaces/default/pods';
const asked = (path: string, token?: string) =>
  bench.fetch(path, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } });

describe('without the token nothing is answered', () => {
  const paths = ['/version', '/api', '/openapi/v3', pods, '/control/faults', '/healthz', '/nothing'];
  test.each(paths)('%s', async (path) => {
    for (const token of [undefined, 'wrong', '']) {
      const response = await asked(path, token);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 });
    }
  });
});

test('an operator that is not installed has no kinds', async () => {
  const response = await asked('/apis/spark.apache.org/v1/sparkapplications', bench.cluster.token);
  expect([response.status, await response.text()]).toEqual([404, '404 page not found\n']);
});

test('only an administrator steers the faults', async () => {
  const response = await bench.fetch('/control/faults', {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${bench.cluster.viewerToken}` },
  });
  expect(response.status).toBe(403);
});

test('after a compaction old versions and pages are gone', async () => {
  const configMaps = '/api/v1/namespaces/default/configmaps';
  for (const name of ['a', 'b', 'c']) await bench.ask('POST', configMaps, { metadata: { name } });
  const page = await bench.ask('GET', `${configMaps}?limit=1`);
  const token = String(at(page.body, 'metadata', 'continue'));
  await bench.ask('POST', configMaps, { metadata: { name: 'd' } });
  await bench.ask('POST', '/control/compact');
  const next = await bench.ask('GET', `${configMaps}?limit=1&continue=${token}`);
  expect([next.status, next.body.reason]).toEqual([410, 'Expired']);
  const rest = await bench.ask('GET', `${configMaps}?continue=${String(at(next.body, 'metadata', 'continue'))}`);
  expect(rest.status).toBe(200);
  const version = String(at(page.body, 'metadata', 'resourceVersion'));
  const watch = await asked(`${configMaps}?watch=true&resourceVersion=${version}`, bench.cluster.token);
  expect(JSON.parse(await watch.text())).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
});

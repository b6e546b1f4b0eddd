import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, type JsonObject, objectOf, parseJson } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';
import { shapeOf } from './shape.ts';

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
/** What kubectl sends. */
const kubectl = `${table},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`;

test.each<[string, string]>([
  [kubectl, 'table'],
  ['', 'object'],
  ['*/*', 'object'],
  ['application/json', 'object'],
  [`application/json,${table}`, 'object'],
  ['application/vnd.kubernetes.protobuf', 'object'],
  [`application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,${table}`, 'table'],
  ['application/vnd.kubernetes.protobuf,application/json', 'object'],
  ['application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io', 'metadata'],
])('%s: %s', (accept, as) => {
  expect(shapeOf(accept, new URLSearchParams()).as).toBe(as);
});

describe('over HTTP', () => {
  let bench: Bench;
  const configMaps = '/api/v1/namespaces/default/configmaps';
  const asked = async (path: string, accept = kubectl): Promise<JsonObject> =>
    objectOf(parseJson(await (await get(path, accept)).text()));
  const get = (path: string, accept: string) =>
    bench.fetch(path, { headers: { Authorization: `Bearer ${bench.cluster.token}`, Accept: accept } });

  beforeAll(async () => {
    bench = await openBench();
    await bench.ask('POST', configMaps, { metadata: { name: 'one' }, data: { a: '1', b: '2' } });
  });
  afterAll(() => bench.cluster.close());

  test('a list is a table', async () => {
    const answer = await asked(`${configMaps}?fieldSelector=metadata.name=one`);
    expect(answer).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [{ name: 'Name', type: 'string', format: 'name', priority: 0 }, { name: 'Data' }, { name: 'Age' }],
      rows: [
        {
          cells: ['one', 2, expect.stringMatching(/^\d+s$/)],
          object: { kind: 'PartialObjectMetadata', metadata: { name: 'one' } },
        },
      ],
    });
  });

  test('and so is one object, with it or without', async () => {
    expect(await asked(`${configMaps}/one`)).toMatchObject({ kind: 'Table', rows: [{ cells: ['one', 2, expect.anything()] }] });
    expect(at(await asked(`${configMaps}/one?includeObject=Object`), 'rows')).toMatchObject([{ object: { data: { a: '1' } } }]);
    expect(at(await asked(`${configMaps}/one?includeObject=None`), 'rows')).toMatchObject([{ object: null }]);
  });

  test('metadata alone', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const answer = await asked(`${configMaps}?fieldSelector=metadata.name=one`, accept);
    expect(answer).toMatchObject({ kind: 'PartialObjectMetadataList', items: [{ kind: 'PartialObjectMetadata' }] });
    expect(JSON.stringify(answer)).not.toContain('"data"');
  });

  test('a watch names its columns once', async () => {
    const response = await get(`${configMaps}?watch=true&timeoutSeconds=1`, kubectl);
    const frames = (await response.text())
      .trim()
      .split('\n')
      .map((line) => objectOf(parseJson(line)));
    expect(frames.length).toBeGreaterThan(1);
    const columns = frames.map((frame) => at(frame, 'object', 'columnDefinitions'));
    expect(columns[0]).toHaveLength(3);
    expect(columns.slice(1).every((column) => column === null)).toBe(true);
  });
});

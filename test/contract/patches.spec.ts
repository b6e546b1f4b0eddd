import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationsPath, configMap, corePath, ownNamespace, readObject } from './objects.ts';
import { failureOf, openTarget, type Target, unique } from './target.ts';

let target: Target;
let own: Awaited<ReturnType<typeof ownNamespace>>;

beforeAll(async () => {
  target = await openTarget();
  own = await ownNamespace(target.admin);
});

afterAll(async () => {
  await own?.remove();
  await target?.close();
});

const types = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

const patch = async (type: keyof typeof types, path: string, body: unknown, query: Record<string, string> = {}) =>
  target.admin.request({ method: 'PATCH', path, query, body: JSON.stringify(body), contentType: types[type] });

const applyAs = (manager: string, path: string, body: unknown, query: Record<string, string> = {}) =>
  patch('apply', path, body, { fieldManager: manager, ...query });

/** A ConfigMap of its own, by its path. */
async function made(metadata: Record<string, unknown> = {}): Promise<string> {
  const name = unique('patched');
  const path = corePath(own.namespace, 'configmaps');
  const body = { ...configMap(name), metadata: { name, ...metadata }, data: { a: '1', b: '2' } };
  await target.admin.request({ method: 'POST', path, body });
  return `${path}/${name}`;
}

const dataOf = (answer: { body: unknown }): unknown => readObject(answer.body).data;

describe('a JSON patch', () => {
  test('adds, replaces, moves, removes and tests, in order', async () => {
    const path = await made();
    const answer = await patch('json', path, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/data/c', value: '3' },
      { op: 'replace', path: '/data/b', value: '4' },
      { op: 'move', from: '/data/a', path: '/data/d' },
      { op: 'remove', path: '/data/c' },
    ]);
    expect(dataOf(answer)).toEqual({ b: '4', d: '1' });
  });

  test.each([
    ['a test that fails', [{ op: 'test', path: '/data/a', value: '9' }]],
    ['a test of what is absent', [{ op: 'test', path: '/data/nothing', value: '9' }]],
    ['the removal of what is absent', [{ op: 'remove', path: '/data/nothing' }]],
    ['a parent that is absent', [{ op: 'add', path: '/nothing/x', value: '1' }]],
    ['an operation nobody knows', [{ op: 'frob', path: '/data/a' }]],
  ])('is refused for %s, and nothing of it is done', async (_, operations) => {
    const path = await made();
    const failure = await failureOf(patch('json', path, [{ op: 'add', path: '/data/new', value: '1' }, ...operations]));
    expect(failure).toMatchObject({ message: 'the server rejected our request due to an error in our request' });
    expect(dataOf(await target.admin.request({ method: 'GET', path }))).toEqual({ a: '1', b: '2' });
  });

  test('that leads to a wrong value shows the result', async () => {
    const failure = await failureOf(patch('json', await made(), [{ op: 'add', path: '/data/a', value: 5 }]));
    expect(failure).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('json: cannot unmarshal number into Go struct field ConfigMap.data of type string'),
    });
  });

  test('has to be a list', async () => {
    expect(await failureOf(patch('json', await made(), { a: 1 }))).toMatchObject({
      message: 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    });
  });
});

describe('a merge patch', () => {
  test('takes away what is null', async () => {
    expect(dataOf(await patch('merge', await made(), { data: { a: null, c: '3' } }))).toEqual({ b: '2', c: '3' });
  });

  test('that names a version holds only for that one', async () => {
    const path = await made();
    const failure = await failureOf(patch('merge', path, { metadata: { resourceVersion: '1' } }));
    expect(failure).toMatchObject({ code: 'conflict', kind: 'configmaps' });
  });

  test('may not name the object anew', async () => {
    const failure = await failureOf(patch('merge', await made(), { metadata: { name: 'other' } }));
    expect(failure).toMatchObject({ message: expect.stringMatching(/^the name of the object \(other\) does not match/) });
  });

  test('changes nothing in a dry run', async () => {
    const path = await made();
    expect(dataOf(await patch('merge', path, { data: { a: '9' } }, { dryRun: 'All' }))).toEqual({ a: '9', b: '2' });
    expect(dataOf(await target.admin.request({ method: 'GET', path }))).toEqual({ a: '1', b: '2' });
  });
});

describe('a strategic merge patch', () => {
  test('takes finalizers as a set', async () => {
    const path = await made({ finalizers: ['example.com/a'] });
    const both = readObject((await patch('strategic', path, { metadata: { finalizers: ['example.com/b'] } })).body);
    expect(both.metadata.finalizers).toEqual(['example.com/b', 'example.com/a']);
    const words = { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] };
    const one = readObject((await patch('strategic', path, { metadata: words })).body);
    expect(one.metadata.finalizers).toEqual(['example.com/b']);
    await patch('strategic', path, { metadata: { finalizers: null } });
  });

  test('replaces a map and keeps chosen keys', async () => {
    const path = await made();
    expect(dataOf(await patch('strategic', path, { data: { $patch: 'replace', n: '1' } }))).toEqual({ n: '1' });
    expect(dataOf(await patch('strategic', path, { data: { $retainKeys: ['m'], m: '1' } }))).toEqual({ m: '1' });
    expect(await failureOf(patch('strategic', path, { data: { $patch: 'foo', n: '1' } }))).toMatchObject({
      message: 'unknown patch type: foo in map: map[$patch:foo n:1]',
    });
  });

  test('finds the items of a list by their key', async () => {
    const services = corePath(own.namespace, 'services');
    const name = unique('ports');
    const spec = { ports: [{ name: 'one', port: 80 }] };
    await target.admin.request({ method: 'POST', path: services, body: { metadata: { name }, spec } });
    const change = {
      spec: {
        ports: [
          { name: 'two', port: 81 },
          { port: 80, targetPort: 8080 },
        ],
      },
    };
    const answer = await patch('strategic', `${services}/${name}`, change);
    expect(answer.body).toMatchObject({
      spec: {
        ports: [
          { name: 'two', port: 81, targetPort: 81 },
          { name: 'one', port: 80, targetPort: 8080 },
        ],
      },
    });
    const less = await patch('strategic', `${services}/${name}`, { spec: { ports: [{ port: 81, $patch: 'delete' }] } });
    expect(readObject(less.body).spec?.ports).toHaveLength(1);
    expect(await failureOf(patch('strategic', `${services}/${name}`, { spec: { ports: [{ name: 'x' }] } }))).toMatchObject({
      message: 'map: map[name:x] does not contain declared merge key: port',
    });
  });

  test('is not for custom resources', async () => {
    const path = applicationsPath(own.namespace);
    const failure = await failureOf(patch('strategic', `${path}/any`, { spec: {} }));
    expect(failure).toMatchObject({ message: expect.stringMatching(/^the body of the request was in an unknown format/) });
  });
});

describe('server-side apply', () => {
  const job = (name: string, container: Record<string, unknown>, ...more: Record<string, unknown>[]) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      suspend: true,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'x', ...container }, ...more] } },
    },
  });
  const jobs = () => `/apis/batch/v1/namespaces/${own.namespace}/jobs`;

  test('knows lists by their keys, and conflicts by their items', async () => {
    const name = unique('job');
    const path = `${jobs()}/${name}`;
    const first = job(name, { image: 'i', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: '1' }] });
    const created = readObject((await applyAs('one', path, first)).body);
    expect(created.metadata).toMatchObject({
      managedFields: [
        {
          manager: 'one',
          fieldsV1: {
            'f:spec': {
              'f:template': {
                'f:spec': {
                  'f:containers': {
                    'k:{"name":"x"}': {
                      '.': {},
                      'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
                      'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    });
    const other = job(name, { image: 'j', env: [{ name: 'A', value: '2' }] });
    const failure = await failureOf(applyAs('two', path, other));
    expect(failure).toMatchObject({
      code: 'conflict',
      message:
        'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.template.spec.containers[name="x"].image\n' +
        '- .spec.template.spec.containers[name="x"].env[name="A"].value',
    });
  });

  test('adds to sets, and takes away only what nobody else wants', async () => {
    const name = unique('set');
    const path = `${corePath(own.namespace, 'configmaps')}/${name}`;
    const body = (metadata: Record<string, unknown>, data?: Record<string, string>) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, ...metadata },
      ...(data === undefined ? {} : { data }),
    });
    await applyAs('one', path, body({ finalizers: ['example.com/a'], labels: { l: '1' } }, { a: '1', shared: 's' }));
    const both = readObject((await applyAs('two', path, body({ finalizers: ['example.com/b'] }, { b: '1', shared: 's' }))).body);
    expect(both.metadata.finalizers).toEqual(['example.com/a', 'example.com/b']);
    const less = readObject((await applyAs('one', path, body({}))).body);
    expect(less.metadata.finalizers).toEqual(['example.com/b']);
    expect(less.metadata.labels).toBeUndefined();
    expect(less.data).toEqual({ b: '1', shared: 's' });
    await patch('merge', path, { metadata: { finalizers: null }, data: { b: '7' } });
    const failure = await failureOf(applyAs('two', path, body({}, { b: '1' })));
    expect(failure).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Apply failed with 1 conflict: conflict with "[^"]+" using v1: \.data\.b$/),
    });
    const forced = await applyAs('two', path, body({}, { b: '1' }), { force: 'true' });
    expect(dataOf(forced)).toEqual({ b: '1' });
  });

  test.each([
    [
      'a word twice',
      { metadata: { finalizers: ['example.com/a', 'example.com/a'] } },
      '.metadata.finalizers: duplicate entries for key [="example.com/a"]',
    ],
    ['a field nobody knows', { dota: {} }, '.dota: field not declared in schema'],
    ['a wrong type', { data: { a: 1 } }, '.data.a: expected string, got &value.valueUnstructured{Value:1}'],
  ])('refuses %s', async (_, body, words) => {
    const name = unique('typed');
    const path = `${corePath(own.namespace, 'configmaps')}/${name}`;
    const metadata = { name, ...('metadata' in body ? body.metadata : {}) };
    const failure = await failureOf(applyAs('one', path, { apiVersion: 'v1', kind: 'ConfigMap', ...body, metadata }));
    expect(failure).toMatchObject({
      message: `failed to create typed patch object (/${name}; /v1, Kind=ConfigMap): ${words}`,
    });
  });

  test('needs a manager, and no other patch may be forced', async () => {
    const path = await made();
    const body = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '5' } };
    expect(await failureOf(patch('apply', path, body))).toMatchObject({
      message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    });
    expect(await failureOf(patch('merge', path, { data: {} }, { force: 'true' }))).toMatchObject({
      message: 'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    });
  });
});

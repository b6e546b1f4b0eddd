import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labelsOf, objectOf } from '../json.ts';
import { type Bench, openBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ operators: ['kubeflow'] });
});

afterAll(() => bench.cluster.close());

const configMaps = '/api/v1/namespaces/default/configmaps';

/** What comes back for bytes that no HTTP client would send. */
function raw(...lines: string[]): Promise<string> {
  const { cluster } = bench;
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(cluster.url).port), ca: cluster.authority });
  socket.write(`${[...lines, 'Host: demo', 'Connection: close'].join('\r\n')}\r\n\r\n`);
  return text(socket);
}

async function send(method: string, path: string, body: string, contentType = 'application/json') {
  const headers = { Authorization: `Bearer ${bench.cluster.token}`, 'Content-Type': contentType };
  const response = await bench.fetch(path, { method, headers, body });
  return { status: response.status, warning: response.headers.get('warning'), text: await response.text() };
}

const apply = (name: string, more: string) =>
  send(
    'PATCH',
    `${configMaps}/${name}?fieldManager=m`,
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, ${more}}`,
    APPLY,
  );
const APPLY = 'application/apply-patch+yaml';

describe('paths that cannot be read', () => {
  const targets = ['//', '/api/v1/namespaces/%/pods', '/control/scenarios/%E0%A4%A', 'http://['];
  test.each(targets)('%s ends neither the cluster nor the rule that nothing is answered without a token', async (target) => {
    const admin = `Authorization: Bearer ${bench.cluster.token}`;
    for (const upgrade of [[], ['Upgrade: websocket']]) {
      expect(await raw(`GET ${target} HTTP/1.1`, ...upgrade)).toMatch(/^HTTP\/1.1 401 /);
      expect(await raw(`GET ${target} HTTP/1.1`, admin, ...upgrade)).toMatch(/^HTTP\/1.1 40[04] /);
    }
    expect((await bench.ask('GET', '/version')).status).toBe(200);
  });
});

describe('a web page in the user’s browser', () => {
  const origin = ['Origin: https://evil.example', 'Content-Type: text/plain'];
  test.each(['OPTIONS', 'POST', 'GET'])('%s is refused and allowed nothing', async (method) => {
    const answer = await raw(`${method} /control/faults HTTP/1.1`, ...origin, 'Access-Control-Request-Method: POST');
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).not.toMatch(/access-control/i);
  });

  test('a request behind one with a token needs its own', async () => {
    const first = ['GET /version HTTP/1.1', 'Host: demo', `Authorization: Bearer ${bench.cluster.token}`, '', ''].join('\r\n');
    const answer = await raw(`${first}GET /version HTTP/1.1`);
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401']);
  });
});

describe('steering is the administrator’s', () => {
  test.each([
    ['viewer', {}],
    ['viewer', { 'Impersonate-User': 'admin' }],
    ['admin', { 'Impersonate-User': 'viewer' }],
  ])('%s %j', async (who, more) => {
    const token = who === 'admin' ? bench.cluster.token : bench.cluster.viewerToken;
    const response = await bench.fetch('/control/scenarios', { headers: { Authorization: `Bearer ${token}`, ...more } });
    expect(response.status).toBe(403);
  });

  test('who is no administrator is nobody else by a header', async () => {
    const headers = { Authorization: `Bearer ${bench.cluster.viewerToken}`, 'Impersonate-User': 'admin' };
    const response = await bench.fetch('/api/v1/namespaces/default/secrets', { headers });
    expect(await response.json()).toMatchObject({ code: 403, message: expect.stringContaining('User "viewer"') });
  });

  test('a clock beyond any calendar is refused', async () => {
    for (const skewMs of ['1e300', '-1e300'])
      expect((await send('POST', '/control/clock', `{"skewMs":${skewMs}}`)).status).toBe(400);
    expect((await send('POST', configMaps, '{"metadata":{"name":"in-time"}}')).status).toBe(201);
  });
});

describe('bodies', () => {
  const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  test('more than 3 MiB are refused', async () => {
    const body = `{"metadata":{"name":"big"},"data":{"a":"${'x'.repeat(3 * 1024 * 1024)}"}}`;
    const answer = await send('POST', configMaps, body);
    expect([answer.status, answer.text]).toEqual([413, expect.stringContaining('Request entity too large: limit is 3145728')]);
  });

  test.each([600, 100_000])('%d levels are refused', async (depth) => {
    expect((await send('POST', configMaps, `{"metadata":{"name":"deep"},"data":${deep(depth)}}`)).status).toBe(400);
    expect((await send('PATCH', `${configMaps}/deep`, deep(depth), 'application/merge-patch+json')).status).toBe(404);
    expect((await apply('deep', `data: ${deep(depth)}`)).status).toBe(400);
  });

  const bombs: [string, string][] = [
    ['an anchor around its own alias', 'metadata: &a {name: bomb, annotations: *a}'],
    [
      'aliases of aliases',
      `a: &a [${'x,'.repeat(9)}], ${'bcdefg'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)} ,`.repeat(9)}], `)}`,
    ],
  ];
  test.each(bombs)('%s is refused', async (_name, yaml) => {
    expect(
      (await send('PATCH', `${configMaps}/bomb?fieldManager=m`, `{apiVersion: v1, kind: ConfigMap, ${yaml}}`, APPLY)).status,
    ).toBe(400);
  });

  test('__proto__ changes no other object', async () => {
    expect((await apply('proto', '__proto__: {polluted: yes}, data: {}')).status).toBe(400);
    expect((await apply('proto', 'metadata: {name: proto, annotations: {__proto__: {polluted: yes}}}')).status).toBe(400);
    await send('POST', configMaps, '{"metadata":{"name":"proto"}}');
    const at = `${configMaps}/proto`;
    await send('PATCH', at, '{"metadata":{"__proto__":{"polluted":"yes"}}}', 'application/merge-patch+json');
    await send('PATCH', at, '{"__proto__":{"polluted":"yes"}}', 'application/strategic-merge-patch+json');
    for (const path of ['/__proto__/polluted', '/metadata/constructor/prototype/polluted']) {
      await send('PATCH', at, JSON.stringify([{ op: 'add', path, value: 'yes' }]), 'application/json-patch+json');
    }
    expect('polluted' in {}).toBe(false);
  });

  test('names that every object of JavaScript has are names like any other', async () => {
    const labels = { constructor: 'x', toString: 'y' };
    expect(
      await send('POST', configMaps, JSON.stringify({ metadata: { name: 'named', labels }, data: { valueOf: 'z' } })),
    ).toMatchObject({ status: 201 });
    const chosen = (await bench.ask('GET', `${configMaps}?labelSelector=constructor,toString!=z,!valueOf`)).body;
    expect(Array.isArray(chosen.items) ? chosen.items.map((item) => labelsOf(objectOf(item))) : null).toEqual([labels]);
    expect((await apply('named', 'metadata: {name: named, labels: {constructor: x}}')).status).toBe(200);
    const unknown = await send('POST', configMaps, '{"metadata":{"name":"known"},"constructor":{"a":"b"}}');
    expect(unknown.warning).toBe('299 - "unknown field \\"constructor\\""');
  });
});

describe('JSON patches', () => {
  const patch = (operations: unknown[]) =>
    send('PATCH', `${configMaps}/patched`, JSON.stringify(operations), 'application/json-patch+json');
  beforeAll(() => send('POST', configMaps, '{"metadata":{"name":"patched"},"data":{"a":"b"}}'));

  test('more than 10,000 operations are refused', async () => {
    const answer = await patch(Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/a', value: 'b' })));
    expect(answer).toMatchObject({
      status: 413,
      text: expect.stringContaining('operations in a JSON patch is 10000, got 10001'),
    });
  });

  test('copies that double with each operation are refused', async () => {
    const copies = Array.from({ length: 40 }, (_, index) => ({ op: 'copy', from: '/metadata', path: `/metadata/k${index}` }));
    expect((await patch(copies)).status).toBe(422);
    expect((await patch(copies.slice(0, 2))).status).toBe(200);
  });
});

test('warnings about names in any script are told, and not without end', async () => {
  const told = await send('POST', configMaps, '{"metadata":{"name":"script"},"データ\\r\\nX: y":"x"}');
  expect(told.status).toBe(201);
  expect(Buffer.from(told.warning ?? '', 'latin1').toString()).toBe('299 - "unknown field \\"データ\\r\\nX: y\\""');
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`field${index}`, 1]));
  const cut = await send('POST', configMaps, JSON.stringify({ metadata: { name: 'many' }, ...many }));
  expect([cut.status, cut.warning?.match(/299/g)?.length]).toEqual([201, 16]);
});

describe('what an object has not', () => {
  test.each([
    ['GET', '/api/v1/namespaces/kube-system/bogus'],
    ['GET', `${configMaps}/kube-root-ca.crt/bogus`],
    ['PUT', `${configMaps}/kube-root-ca.crt/status`],
    ['DELETE', `${configMaps}/kube-root-ca.crt/scale`],
  ])('%s %s', async (method, path) => {
    expect(await bench.ask(method, path, method === 'GET' ? undefined : {})).toMatchObject({
      status: 404,
      body: { message: 'the server could not find the requested resource' },
    });
  });
});

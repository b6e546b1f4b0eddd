import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import type { ApiRequest, Cluster } from '../../clusters/cluster.ts';
import { toJsonSchema } from './convert.ts';
import { createSchemas } from './index.ts';

const discovery = (hash: string) => ({
  paths: {
    'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=0' },
    'apis/sparkoperator.k8s.io/v1beta2': { serverRelativeURL: `/openapi/v3/apis/sparkoperator.k8s.io/v1beta2?hash=${hash}` },
  },
});

const group = {
  components: {
    schemas: {
      meta: { type: 'object', properties: { name: { type: 'string' }, uid: { type: 'string' } } },
      application: {
        type: 'object',
        'x-kubernetes-group-version-kind': [{ group: 'sparkoperator.k8s.io', version: 'v1beta2', kind: 'SparkApplication' }],
        required: ['spec'],
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { description: 'about it', allOf: [{ $ref: '#/components/schemas/meta' }] },
          spec: {
            type: 'object',
            properties: {
              type: { type: 'string', enum: ['Scala', 'Zig'] },
              driver: {
                type: 'object',
                description: 'The driver of the cluster.',
                properties: { cores: { type: 'integer', format: 'int32', minimum: 1 } },
              },
              newer: { type: 'string', description: 'A field that only this cluster has.' },
            },
          },
          status: { type: 'object', properties: { state: { type: 'string' } } },
        },
      },
    },
  },
};

function world(answer: (request: ApiRequest) => unknown) {
  const asked: string[] = [];
  const cluster: Cluster = {
    context: 'test',
    namespace: null,
    server: 'https://test',
    async request(request) {
      asked.push([request.path, ...Object.values(request.query ?? {})].join('?'));
      return { status: 200, headers: {}, body: answer(request), warnings: [] };
    },
    stream: () => Promise.reject(new Error('nobody streams here')),
    websocket: () => Promise.reject(new Error('nobody talks here')),
  };
  const warnings: unknown[] = [];
  const schemas = createSchemas({ clusterOf: () => cluster, log: { info() {}, warn: (_, facts) => warnings.push(facts?.code) } });
  return { asked, warnings, schemas };
}

describe('createSchemas', () => {
  it('takes the kinds that the cluster has, and its own for the others', async () => {
    const { schemas } = world((request) => (request.path === '/openapi/v3' ? discovery('1') : group));
    const { kinds } = await schemas('test');
    expect(kinds.map(({ kind, source }) => [kind, source])).toEqual([
      ['SparkApplication', 'cluster'],
      ['ScheduledSparkApplication', 'built-in'],
    ]);
    const validate = new Ajv({ strict: false }).compile(kinds[0]?.schema ?? false);
    const application = (spec: object) => ({ apiVersion: 'x', kind: 'x', metadata: { name: 'pi' }, spec });
    expect(validate(application({ type: 'Zig', newer: 'a', driver: { cores: 1 } }))).toBe(true);
    expect(validate(application({ type: 'Python' }))).toBe(false);
    expect(validate(application({ driver: { core: 1 } }))).toBe(false);
    expect(validate({ ...application({}), metadata: {} })).toBe(false);
  });

  it('says its own words below those of the cluster, and alone where there are none', async () => {
    const { schemas } = world((request) => (request.path === '/openapi/v3' ? discovery('1') : group));
    const text = JSON.stringify((await schemas('test')).kinds[0]?.schema);
    expect(text).toMatch(/The driver of the cluster\.\\n\\nThe driver: the one pod/);
    expect(text).toMatch(/"cores":\{[^}]*"description":"CPU cores/);
    expect(text).toMatch(/"description":"A field that only this cluster has\."/);
    expect(text).not.toMatch(/dynamicAllocation/);
  });

  it('reads a list of groups that is called text', async () => {
    const { schemas } = world((request) => (request.path === '/openapi/v3' ? JSON.stringify(discovery('1')) : group));
    expect((await schemas('test')).kinds[0]?.source).toBe('cluster');
  });

  it('fetches a group again only when its hash has changed', async () => {
    let hash = '1';
    const { schemas, asked } = world((request) => (request.path === '/openapi/v3' ? discovery(hash) : group));
    await Promise.all([schemas('test'), schemas('test')]);
    await schemas('test');
    const groups = () => asked.filter((path) => path !== '/openapi/v3');
    expect(groups()).toEqual(['/openapi/v3/apis/sparkoperator.k8s.io/v1beta2?1']);
    hash = '2';
    await schemas('test');
    expect(groups()).toHaveLength(2);
  });

  it.each([
    [
      'does not answer',
      () => {
        throw new FailureError({ code: 'unreachable', server: 'https://test', reason: 'ECONNREFUSED' });
      },
      ['unreachable'],
    ],
    ['answers rubbish', () => 'hello', ['server-error']],
    ['has no Spark', () => ({ paths: {} }), []],
  ])('gives the built-in ones when the cluster %s', async (_, answer, codes) => {
    const { schemas, warnings } = world(answer);
    expect((await schemas('test')).kinds.map(({ kind, source }) => [kind, source])).toEqual([
      ['SparkApplication', 'built-in'],
      ['ScheduledSparkApplication', 'built-in'],
    ]);
    expect(warnings).toEqual(codes);
  });

  it('asks nobody without a context', async () => {
    const { schemas, asked } = world(() => ({}));
    expect((await schemas(null)).kinds).toHaveLength(2);
    expect(asked).toEqual([]);
  });
});

describe('toJsonSchema', () => {
  const convert = (schema: unknown, schemas: object = {}) => toJsonSchema({ components: { schemas } }, schema);
  it.each([
    [
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '^1' },
      { type: ['integer', 'string'], pattern: '^1' },
    ],
    [{ type: 'string', nullable: true, format: 'date-time' }, { type: ['string', 'null'] }],
    [
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true },
    ],
    [
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
    [{ type: 'object' }, { type: 'object' }],
    [
      { type: 'array', items: { type: 'integer', format: 'int32' }, 'x-kubernetes-list-type': 'atomic' },
      { type: 'array', items: { type: 'integer' } },
    ],
    [undefined, {}],
  ])('%j', (schema, expected) => expect(convert(schema)).toEqual(expected));

  it('resolves references and stops where they go in circles', () => {
    const schemas = { tree: { type: 'object', properties: { left: { $ref: '#/components/schemas/tree' } } } };
    expect(convert({ $ref: '#/components/schemas/tree' }, schemas)).toEqual({
      type: 'object',
      properties: { left: {} },
      additionalProperties: false,
    });
  });
});

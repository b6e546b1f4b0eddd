import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { documentSchema } from './schema.ts';

const kind = (group: string, version: string, name: string, field: string) => ({
  group,
  version,
  kind: name,
  source: 'built-in' as const,
  schema: {
    type: 'object',
    required: ['apiVersion', 'kind', 'spec'],
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: {}, spec: { required: [field] } },
    additionalProperties: false,
  },
});

const schema = documentSchema([
  kind('sparkoperator.k8s.io', 'v1beta2', 'SparkApplication', 'type'),
  kind('spark.apache.org', 'v1', 'SparkApplication', 'jars'),
]);
const validate = new Ajv({ strict: false }).compile(schema);

describe('documentSchema', () => {
  it.each([
    [true, { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: {}, spec: { type: 'R' } }],
    [false, { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: {}, spec: { jars: 'R' } }],
    [true, { apiVersion: 'spark.apache.org/v1', kind: 'SparkApplication', metadata: {}, spec: { jars: 'R' } }],
    [false, { apiVersion: 'spark.apache.org/v1', kind: 'SparkApplication', metadata: {}, spec: { type: 'R' } }],
    [true, { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { a: 'b' } }],
    [false, { apiVersion: 'v1', kind: 'Node', metadata: {} }],
    [false, { apiVersion: 'sparkoperator.k8s.io/v1', kind: 'SparkApplication', metadata: {} }],
    [false, { spec: {} }],
  ])('%s for %j', (valid, document) => {
    expect(validate(document)).toBe(valid);
  });
});

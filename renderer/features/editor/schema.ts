import type { KindSchema } from '../../../shared/contract/submissions.ts';

type Schema = Record<string, unknown>;

const companions: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['v1', 'PersistentVolumeClaim'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
];

/**
 * One schema for every document of a text: each kind is held against its own, what an application brings along (ConfigMaps and the
 * like) only against its head, and a document that has no kind yet is helped along as the first kind of the list.
 */
export function documentSchema(kinds: readonly KindSchema[]): Schema {
  const heads = kinds.map(({ group, version, kind }) => [group === '' ? version : `${group}/${version}`, kind] as const);
  const known = [...heads, ...companions];
  const first = kinds[0]?.schema ?? {};
  const head: Schema = {
    type: 'object',
    properties: {
      apiVersion: { type: 'string', enum: [...new Set(known.map(([apiVersion]) => apiVersion))] },
      kind: { type: 'string', enum: [...new Set(known.map(([, kind]) => kind))] },
    },
    required: ['apiVersion', 'kind', 'metadata'],
  };
  const chain = kinds.reduceRight<Schema>(
    (otherwise, { schema }, at) => {
      const [apiVersion, kind] = heads[at] ?? ['', ''];
      return either(isOf(apiVersion, kind), withHead(schema, apiVersion, kind), otherwise);
    },
    either({ required: ['kind'] }, head, { ...withEnums(first, head), ...(kinds[0] && { title: kinds[0].kind }) }),
  );
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...chain };
}

function either(condition: Schema, holds: Schema, otherwise: Schema): Schema {
  // biome-ignore lint/suspicious/noThenProperty: the word is JSON schema's.
  return { if: condition, then: holds, else: otherwise };
}

function isOf(apiVersion: string, kind: string): Schema {
  // The title is what completion offers in an empty document; it puts both lines in.
  return {
    title: `${kind} (${apiVersion})`,
    required: ['apiVersion', 'kind'],
    properties: { apiVersion: { const: apiVersion }, kind: { const: kind } },
  };
}

/** The schema with the very words that its head must have. */
function withHead(schema: Schema, apiVersion: string, kind: string): Schema {
  return {
    ...schema,
    title: kind,
    properties: {
      ...asSchema(schema.properties),
      apiVersion: { ...asSchema(asSchema(schema.properties).apiVersion), type: 'string', enum: [apiVersion] },
      kind: { ...asSchema(asSchema(schema.properties).kind), type: 'string', enum: [kind] },
    },
  };
}

function withEnums(schema: Schema, head: Schema): Schema {
  return { ...schema, properties: { ...asSchema(schema.properties), ...asSchema(head.properties) } };
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

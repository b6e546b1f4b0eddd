import { createHash } from 'node:crypto';
import { type JsonObject, objectOf, parseJson } from '../json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';

const documentOf = (kind: Kind): string => (kind.group === '' ? 'api/v1' : `apis/${apiVersionOf(kind)}`);

const packages: Record<string, string> = {
  '': 'io.k8s.api.core',
  batch: 'io.k8s.api.batch',
  'rbac.authorization.k8s.io': 'io.k8s.api.rbac',
  'apiextensions.k8s.io': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
};

/** Names of built-in kinds are those of their Go packages, names of custom ones have the parts of the group turned round. */
const schemaName = (kind: Kind): string =>
  `${packages[kind.group] ?? kind.group.split('.').toReversed().join('.')}.${kind.version}.${kind.kind}`;

/** `/openapi/v3`: where the document of each group and version is. */
export function openApiIndex(kinds: Kind[]): JsonObject {
  const paths: JsonObject = {};
  for (const document of new Set(kinds.map(documentOf))) {
    const body = JSON.stringify(openApiDocument(kinds, document));
    const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
    paths[document] = { serverRelativeURL: `/openapi/v3/${document}?hash=${hash}` };
  }
  return { paths };
}

/** The schemas of one group and version, the same that objects are checked with; null when none is served. */
export function openApiDocument(kinds: Kind[], document: string): JsonObject | null {
  const inside = kinds.filter((kind) => documentOf(kind) === document);
  if (inside.length === 0) return null;
  const schemas: JsonObject = {};
  for (const kind of inside) {
    if (kind.schema === undefined) continue;
    const identity = { group: kind.group, kind: kind.kind, version: kind.version };
    schemas[schemaName(kind)] = {
      ...objectOf(parseJson(JSON.stringify(kind.schema))),
      'x-kubernetes-group-version-kind': [identity],
    };
  }
  const info = inside.every((kind) => kind.custom)
    ? { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }
    : { title: 'Kubernetes', version: '1.34' };
  return { openapi: '3.0.0', info, paths: patches(inside, document), components: { schemas } };
}

/** Of all operations only the patches, by whose parameters kubectl tells that the server checks fields itself. */
function patches(kinds: Kind[], document: string): JsonObject {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
  }));
  const paths: JsonObject = {};
  for (const { group, version, kind, plural, namespaced } of kinds) {
    const identity = { group, kind, version };
    const operation = { parameters, 'x-kubernetes-action': 'patch', 'x-kubernetes-group-version-kind': identity, responses: {} };
    paths[`/${document}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`] = { patch: operation };
  }
  return paths;
}

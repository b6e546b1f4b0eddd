import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';

const crdVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const coreVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export const versionInfo: JsonObject = {
  major: '1',
  minor: '34',
  emulationMajor: '1',
  emulationMinor: '34',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '33',
  gitVersion: 'v1.34.4+emberdeck.demo',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: `${process.platform}/${process.arch}`,
};

/** Groups that are not stored but answered: reviews. */
const reviews = [
  { group: 'authentication.k8s.io', plural: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
  { group: 'authorization.k8s.io', plural: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
];

/** The answer to a path that is about the server itself, or null when there is none. */
export function discover(kinds: Kind[], path: string, address: string): Json | null {
  if (path === '/version') return versionInfo;
  if (path === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  if (path === '/api/v1') return resourceList(kinds, '', 'v1');
  if (path === '/apis') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(kinds).map((group) => groupOf(kinds, group)) };
  }
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (group !== undefined && groupsOf(kinds).includes(group)) {
    if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(kinds, group) };
    return versionsOf(kinds, group).includes(version) ? resourceList(kinds, group, version) : null;
  }
  if (path === '/openapi/v3') return openApiIndex(kinds);
  const [, document] = /^\/openapi\/v3\/(.+)$/.exec(path) ?? [];
  return document === undefined ? null : openApiDocument(kinds, document);
}

function groupsOf(kinds: Kind[]): string[] {
  const stored = kinds.map((kind) => kind.group).filter((group) => group !== '');
  return [...new Set([...reviews.map((review) => review.group), ...stored])];
}

function versionsOf(kinds: Kind[], group: string): string[] {
  if (reviews.some((review) => review.group === group)) return ['v1'];
  return [...new Set(kinds.filter((kind) => kind.group === group).map((kind) => kind.version))];
}

function groupOf(kinds: Kind[], group: string): JsonObject {
  const versions = versionsOf(kinds, group).map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions, preferredVersion: versions[0] ?? {} };
}

function resourceList(kinds: Kind[], group: string, version: string): JsonObject {
  const review = reviews.filter((entry) => entry.group === group);
  const resources = [
    ...review.map(({ plural, kind }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced: false,
      kind,
      verbs: ['create'],
    })),
    ...kinds
      .filter((kind) => kind.group === group && kind.version === version)
      .flatMap((kind): JsonObject[] => [
        {
          name: kind.plural,
          singularName: kind.singular,
          namespaced: kind.namespaced,
          kind: kind.kind,
          verbs: kind.custom ? crdVerbs : coreVerbs,
          ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
        },
        ...[...(kind.status ? ['status'] : []), ...kind.subresources].map((name) => ({
          name: `${kind.plural}/${name}`,
          singularName: '',
          namespaced: kind.namespaced,
          kind: kind.kind,
          verbs: name === 'log' ? ['get'] : name === 'portforward' ? ['create', 'get'] : ['get', 'patch', 'update'],
        })),
      ]),
  ];
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', ...(group === '' ? {} : { apiVersion: 'v1' }), groupVersion, resources };
}

function documentsOf(kinds: Kind[]): string[] {
  return [...new Set(kinds.map((kind) => (kind.group === '' ? 'api/v1' : `apis/${apiVersionOf(kind)}`)))];
}

function openApiIndex(kinds: Kind[]): JsonObject {
  const paths: JsonObject = {};
  for (const document of documentsOf(kinds)) {
    const body = JSON.stringify(openApiDocument(kinds, document));
    const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
    paths[document] = { serverRelativeURL: `/openapi/v3/${document}?hash=${hash}` };
  }
  return { paths };
}

/** Schema names are the group's parts turned round, as the real server names those of CRDs. */
function openApiDocument(kinds: Kind[], document: string): JsonObject | null {
  if (!documentsOf(kinds).includes(document)) return null;
  const schemas: JsonObject = {};
  for (const kind of kinds) {
    if (`apis/${apiVersionOf(kind)}` !== document || kind.schema === undefined) continue;
    const group = kind.group.split('.').toReversed().join('.');
    const schema: Json = JSON.parse(JSON.stringify(kind.schema));
    const identity = { group: kind.group, kind: kind.kind, version: kind.version };
    schemas[`${group}.${kind.version}.${kind.kind}`] = {
      ...(typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema : {}),
      'x-kubernetes-group-version-kind': [identity],
    };
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }, paths: {}, components: { schemas } };
}

import type { Json, JsonObject } from '../json.ts';
import { customResourceDefinitions, jobs, type Kind, namespaces, pods, services } from './kinds.ts';
import { openApiDocument, openApiIndex } from './openapi.ts';
import { reviewKinds } from './review-kinds.ts';

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

/** What a client asks for with `Accept` that wants all groups and their resources at once. */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** An answer about the server itself. */
export interface Discovered {
  body: Json;
  contentType: string;
}

/** The answer to a path that is about the server itself, or null when there is none. `address` is the host the client used. */
export function discover(stored: Kind[], path: string, address: string, accept: string): Discovered | null {
  const kinds = [...reviewKinds, ...stored];
  if ((path === '/api' || path === '/apis') && accept.replaceAll(' ', '').includes(AGGREGATED)) {
    return { body: aggregated(kinds, path === '/api' ? [''] : groupsOf(kinds)), contentType: AGGREGATED };
  }
  const body = plain(kinds, path, address) ?? document(stored, path);
  return body === null ? null : { body, contentType: 'application/json' };
}

function plain(kinds: Kind[], path: string, address: string): JsonObject | null {
  if (path === '/version' || path === '/version/') return versionInfo;
  if (path === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
  }
  if (path === '/api/v1') return resourceList(kinds, '', 'v1');
  if (path === '/apis') {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(kinds).map((group) => groupOf(kinds, group)) };
  }
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (group === undefined || !groupsOf(kinds).includes(group)) return null;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(kinds, group) };
  return versionsOf(kinds, group).includes(version) ? resourceList(kinds, group, version) : null;
}

function document(kinds: Kind[], path: string): JsonObject | null {
  if (path === '/openapi/v3') return openApiIndex(kinds);
  const [, name] = /^\/openapi\/v3\/(.+)$/.exec(path) ?? [];
  return name === undefined ? null : openApiDocument(kinds, name);
}

/** Whether a path is below a group that is served, so that it could be a resource. */
export function isServed(stored: Kind[], path: string): boolean {
  const [, group] = /^\/apis\/([^/]+)\/./.exec(path) ?? [];
  return path.startsWith('/api/v1/') || (group !== undefined && groupsOf([...reviewKinds, ...stored]).includes(group));
}

const groupsOf = (kinds: Kind[]): string[] => [...new Set(kinds.map((kind) => kind.group).filter((group) => group !== ''))];
const versionsOf = (kinds: Kind[], group: string): string[] => [
  ...new Set(kinds.filter((kind) => kind.group === group).map((kind) => kind.version)),
];

function groupOf(kinds: Kind[], group: string): JsonObject {
  const versions = versionsOf(kinds, group).map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions, preferredVersion: versions[0] ?? {} };
}

interface Subresource {
  name: string;
  kind: string;
  group?: string;
  verbs: string[];
}

const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const builtInVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function verbsOf(kind: Kind): string[] {
  if (reviewKinds.includes(kind)) return ['create'];
  const verbs = kind.custom ? customVerbs : builtInVerbs;
  return kind === namespaces ? verbs.filter((verb) => verb !== 'deletecollection') : verbs;
}

const podSubresources: Record<string, Subresource> = {
  attach: { name: 'attach', kind: 'PodAttachOptions', verbs: ['create', 'get'] },
  eviction: { name: 'eviction', kind: 'Eviction', group: 'policy', verbs: ['create'] },
  exec: { name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] },
  log: { name: 'log', kind: 'Pod', verbs: ['get'] },
  portforward: { name: 'portforward', kind: 'PodPortForwardOptions', verbs: ['create', 'get'] },
};

/** Whether objects of this kind have the subresource; '' is the object itself. */
export const hasSubresource = (kind: Kind, name: string): boolean =>
  name === '' || subresourcesOf(kind).some((subresource) => subresource.name === name);

function subresourcesOf(kind: Kind): Subresource[] {
  const status = kind.status ? [{ name: 'status', kind: kind.kind, verbs: ['get', 'patch', 'update'] }] : [];
  const own = kind.subresources.flatMap((name) => podSubresources[name] ?? []);
  return [...own, ...status].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function namesOf(kind: Kind): JsonObject {
  const categories =
    kind === customResourceDefinitions ? ['api-extensions'] : [pods, services, jobs].includes(kind) ? ['all'] : [];
  return {
    ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
}

const served = (kinds: Kind[], group: string, version: string): Kind[] =>
  kinds.filter((kind) => kind.group === group && kind.version === version);

function resourceList(kinds: Kind[], group: string, version: string): JsonObject {
  const resources = served(kinds, group, version).flatMap((kind): JsonObject[] => [
    {
      name: kind.plural,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: verbsOf(kind),
      ...namesOf(kind),
    },
    ...subresourcesOf(kind).map((sub) => ({
      name: `${kind.plural}/${sub.name}`,
      singularName: '',
      namespaced: kind.namespaced,
      ...(sub.group === undefined ? {} : { group: sub.group, version: 'v1' }),
      kind: sub.kind,
      verbs: sub.verbs,
    })),
  ]);
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', ...(group === '' ? {} : { apiVersion: 'v1' }), groupVersion, resources };
}

function aggregated(kinds: Kind[], groups: string[]): JsonObject {
  const resource = (kind: Kind): JsonObject => {
    // Built-in kinds leave group and version of what they answer with to the client.
    const identity = kind.custom ? { group: kind.group, version: kind.version } : { group: '', version: '' };
    const subresources = subresourcesOf(kind).map((sub) => ({
      subresource: sub.name,
      responseKind: { ...identity, ...(sub.group === undefined ? {} : { group: sub.group, version: 'v1' }), kind: sub.kind },
      verbs: sub.verbs,
    }));
    return {
      resource: kind.plural,
      responseKind: { ...identity, kind: kind.kind },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.singular,
      verbs: verbsOf(kind),
      ...namesOf(kind),
      ...(subresources.length === 0 ? {} : { subresources }),
    };
  };
  const items = groups.map((group) => ({
    metadata: group === '' ? {} : { name: group },
    versions: versionsOf(kinds, group).map((version) => ({
      version,
      resources: served(kinds, group, version).map(resource),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

/** `/healthz`, `/livez`, `/readyz` and their single checks; null for other paths. */
export function health(path: string, verbose: boolean): string | null {
  const [, what, check] = /^\/(healthz|livez|readyz)(?:\/(.+))?$/.exec(path) ?? [];
  if (what === undefined || (check !== undefined && !checks.includes(check))) return null;
  return verbose ? `${checks.map((name) => `[+]${name} ok\n`).join('')}${what} check passed\n` : 'ok';
}

const checks = ['ping', 'log', 'etcd'];

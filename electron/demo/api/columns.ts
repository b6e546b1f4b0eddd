import { at, type Json, type JsonObject, labelsOf, listOf, metadataOf, nameOf, numberOf, objectOf, textOf } from '../json.ts';
import { ageText, durationText } from './age.ts';
import * as kinds from './kinds.ts';
import { summarise } from './pod-columns.ts';

/** A column of a table: how it is announced, and what stands in it. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'date';
  /** `name` for the column that names the row. */
  format: '' | 'name';
  /** 0: always shown; 1: with `-o wide`. */
  priority: 0 | 1;
  cell(object: JsonObject, now: number): Json;
}

type Cell = Column['cell'];

const text = (name: string, cell: Cell): Column => ({ name, type: 'string', format: '', priority: 0, cell });
const wide = (name: string, cell: Cell): Column => ({ ...text(name, cell), priority: 1 });
const name: Column = { ...text('Name', nameOf), format: 'name' };
const created = (object: JsonObject): string => textOf(metadataOf(object).creationTimestamp);
const age = text('Age', (object, now) => ageText(created(object), now));
const createdAt: Column = { ...text('Created At', created), type: 'date' };
const customAge: Column = { ...age, type: 'date' };
const orNone = (value: string): string => value || '<none>';

/** A column of a CRD, by the JSON path of its `additionalPrinterColumns`; nothing where the field is absent. */
const path = (title: string, keys: string, type: Column['type'] = 'string'): Column => ({
  ...text(title, (object, now) => {
    const found = at(object, ...keys.split('.'));
    if (found === undefined || found === null) return null;
    if (type === 'date') return ageText(textOf(found), now);
    return type === 'string' ? String(found) : found;
  }),
  type,
});

const seen = (object: JsonObject): string => textOf(object.lastTimestamp) || textOf(object.eventTime) || created(object);
const pairs = (object: JsonObject): string =>
  Object.entries(object)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
const subjects = (object: JsonObject, kind: string): string =>
  listOf(object.subjects)
    .filter((subject) => at(subject, 'kind') === kind)
    .map((subject) => [at(subject, 'namespace'), at(subject, 'name')].filter(Boolean).join('/'))
    .join(', ');
const binding: Column[] = [
  name,
  text('Role', (object) => `${textOf(at(object, 'roleRef', 'kind'))}/${textOf(at(object, 'roleRef', 'name'))}`),
  age,
  ...['User', 'Group', 'ServiceAccount'].map((kind) => wide(`${kind}s`, (object) => subjects(object, kind))),
];
const sparkState = path('Current State', 'status.currentState.currentStateSummary');

function nodeStatus(node: JsonObject): string {
  const ready = listOf(at(node, 'status', 'conditions')).find((condition) => at(condition, 'type') === 'Ready');
  const status = ready === undefined ? 'Unknown' : at(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
  return at(node, 'spec', 'unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

const nodeRole = 'node-role.kubernetes.io/';
const rolesOf = (node: JsonObject): string[] =>
  Object.keys(labelsOf(node))
    .filter((key) => key.startsWith(nodeRole))
    .map((key) => key.slice(nodeRole.length))
    .sort();
const addressOf = (node: JsonObject, type: string): string =>
  textOf(at(listOf(at(node, 'status', 'addresses')).find((address) => at(address, 'type') === type) ?? {}, 'address'));

function servicePort(port: Json): string {
  const node = at(port, 'nodePort') === undefined ? '' : `:${String(at(port, 'nodePort'))}`;
  return `${String(at(port, 'port'))}${node}/${textOf(at(port, 'protocol')) || 'TCP'}`;
}

function jobStatus(job: JsonObject): string {
  const isTrue = (type: string) =>
    listOf(at(job, 'status', 'conditions')).some((one) => at(one, 'type') === type && at(one, 'status') === 'True');
  if (metadataOf(job).deletionTimestamp !== undefined) return 'Terminating';
  return ['Complete', 'Failed', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(isTrue) ?? 'Running';
}

function jobDuration(job: JsonObject, now: number): string {
  const start = Date.parse(textOf(at(job, 'status', 'startTime')));
  const end = Date.parse(textOf(at(job, 'status', 'completionTime')));
  return Number.isNaN(start) ? '' : durationText((Number.isNaN(end) ? now : end) - start);
}

const template = (job: JsonObject, key: string): string =>
  listOf(at(job, 'spec', 'template', 'spec', 'containers'))
    .map((container) => textOf(at(container, key)))
    .join(',');

const quota = (object: JsonObject, limits: boolean): string =>
  Object.entries(objectOf(at(object, 'status', 'hard') ?? at(object, 'spec', 'hard')))
    .filter(([resource]) => resource.startsWith('limits.') === limits)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([resource, hard]) => `${resource}: ${String(at(object, 'status', 'used', resource) ?? '0')}/${String(hard)}`)
    .join(', ');

const accessModes: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

const known = new Map<kinds.Kind, Column[]>([
  [
    kinds.pods,
    [
      name,
      text('Ready', (pod, now) => summarise(pod, now).ready),
      text('Status', (pod, now) => summarise(pod, now).status),
      text('Restarts', (pod, now) => summarise(pod, now).restarts),
      age,
      wide('IP', (pod) => orNone(textOf(at(pod, 'status', 'podIP')))),
      wide('Node', (pod) => orNone(textOf(at(pod, 'spec', 'nodeName')))),
      wide('Nominated Node', (pod) => orNone(textOf(at(pod, 'status', 'nominatedNodeName')))),
      wide('Readiness Gates', () => '<none>'),
    ],
  ],
  [
    kinds.nodes,
    [
      name,
      text('Status', nodeStatus),
      text('Roles', (node) => orNone(rolesOf(node).join(','))),
      age,
      text('Version', (node) => textOf(at(node, 'status', 'nodeInfo', 'kubeletVersion'))),
      wide('Internal-IP', (node) => orNone(addressOf(node, 'InternalIP'))),
      wide('External-IP', (node) => orNone(addressOf(node, 'ExternalIP'))),
      wide('OS-Image', (node) => textOf(at(node, 'status', 'nodeInfo', 'osImage')) || '<unknown>'),
      wide('Kernel-Version', (node) => textOf(at(node, 'status', 'nodeInfo', 'kernelVersion')) || '<unknown>'),
      wide('Container-Runtime', (node) => textOf(at(node, 'status', 'nodeInfo', 'containerRuntimeVersion')) || '<unknown>'),
    ],
  ],
  [
    kinds.services,
    [
      name,
      text('Type', (service) => textOf(at(service, 'spec', 'type'))),
      text('Cluster-IP', (service) => orNone(textOf(at(service, 'spec', 'clusterIP')))),
      text('External-IP', (service) => orNone(listOf(at(service, 'spec', 'externalIPs')).join(','))),
      text('Port(s)', (service) =>
        orNone(
          listOf(at(service, 'spec', 'ports'))
            .map(servicePort)
            .join(','),
        ),
      ),
      age,
      wide('Selector', (service) => orNone(pairs(objectOf(at(service, 'spec', 'selector'))))),
    ],
  ],
  [
    kinds.eventKind,
    [
      text('Last Seen', (event, now) => ageText(seen(event), now)),
      text('Type', (event) => textOf(event.type)),
      text('Reason', (event) => textOf(event.reason)),
      text(
        'Object',
        ({ involvedObject }) => `${textOf(at(involvedObject, 'kind')).toLowerCase()}/${textOf(at(involvedObject, 'name'))}`,
      ),
      wide('Subobject', (event) => textOf(at(event, 'involvedObject', 'fieldPath'))),
      wide('Source', (event) => [at(event, 'source', 'component'), at(event, 'source', 'host')].filter(Boolean).join(', ')),
      text('Message', (event) => textOf(event.message).trim()),
      wide('First Seen', (event, now) => ageText(textOf(event.firstTimestamp) || seen(event), now)),
      { ...wide('Count', (event) => numberOf(event.count, 1)) },
      { ...name, priority: 1 },
    ],
  ],
  [kinds.namespaces, [name, text('Status', (namespace) => textOf(at(namespace, 'status', 'phase'))), age]],
  [
    kinds.configMaps,
    [name, text('Data', (map) => Object.keys({ ...objectOf(map.data), ...objectOf(map.binaryData) }).length), age],
  ],
  [
    kinds.secrets,
    [
      name,
      text('Type', (secret) => textOf(secret.type)),
      text('Data', (secret) => Object.keys(objectOf(secret.data)).length),
      age,
    ],
  ],
  [kinds.serviceAccounts, [name, text('Secrets', (account) => listOf(account.secrets).length), age]],
  [
    kinds.jobs,
    [
      name,
      text('Status', jobStatus),
      text(
        'Completions',
        (job) => `${numberOf(at(job, 'status', 'succeeded'), 0)}/${numberOf(at(job, 'spec', 'completions'), 1)}`,
      ),
      text('Duration', jobDuration),
      age,
      wide('Containers', (job) => template(job, 'name')),
      wide('Images', (job) => template(job, 'image')),
      wide('Selector', (job) => orNone(pairs(objectOf(at(job, 'spec', 'selector', 'matchLabels'))))),
    ],
  ],
  [
    kinds.resourceQuotas,
    [name, text('Request', (object) => quota(object, false)), text('Limit', (object) => quota(object, true)), age],
  ],
  [
    kinds.persistentVolumeClaims,
    [
      name,
      text('Status', (claim) => (metadataOf(claim).deletionTimestamp ? 'Terminating' : textOf(at(claim, 'status', 'phase')))),
      text('Volume', (claim) => textOf(at(claim, 'spec', 'volumeName'))),
      text('Capacity', (claim) => textOf(at(claim, 'status', 'capacity', 'storage'))),
      text('Access Modes', (claim) =>
        listOf(at(claim, 'status', 'accessModes'))
          .map((mode) => accessModes[String(mode)] ?? '')
          .join(','),
      ),
      text('StorageClass', (claim) => textOf(at(claim, 'spec', 'storageClassName'))),
      text('VolumeAttributesClass', () => '<unset>'),
      age,
      wide('VolumeMode', (claim) => textOf(at(claim, 'spec', 'volumeMode'))),
    ],
  ],
  [kinds.roles, [name, createdAt]],
  [kinds.clusterRoles, [name, createdAt]],
  [kinds.customResourceDefinitions, [name, createdAt]],
  [kinds.roleBindings, binding],
  [kinds.clusterRoleBindings, binding],
  [
    kinds.sparkApplications,
    [
      name,
      path('Suspend', 'spec.suspend', 'boolean'),
      path('Status', 'status.applicationState.state'),
      path('Attempts', 'status.executionAttempts'),
      path('Start', 'status.lastSubmissionAttemptTime'),
      path('Finish', 'status.terminationTime'),
      customAge,
    ],
  ],
  [
    kinds.scheduledSparkApplications,
    [
      name,
      path('Schedule', 'spec.schedule'),
      path('TimeZone', 'spec.timeZone'),
      path('Suspend', 'spec.suspend'),
      path('Last Run', 'status.lastRun', 'date'),
      path('Last Run Name', 'status.lastRunName'),
      customAge,
    ],
  ],
  [kinds.sparkConnects, [name, customAge, path('Status', 'status.state'), path('PodName', 'status.server.podName')]],
  [kinds.apacheApplications, [name, customAge, sparkState]],
  [kinds.apacheClusters, [name, customAge, sparkState]],
]);

const others: Column[] = [name, customAge];

/** The columns that the real server, or the operator's CRD, has for a kind. */
export const columnsOf = (kind: kinds.Kind): Column[] => known.get(kind) ?? others;

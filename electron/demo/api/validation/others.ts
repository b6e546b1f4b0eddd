import { type Json, type JsonObject, listOf, metadataOf, objectOf, textOf } from '../../json.ts';
import { parseQuantity } from '../quantity.ts';
import type { Cause } from '../status.ts';
import { atLeast, duplicate, noneTwice, oneOf, required, unsupported, wrong } from './causes.ts';
import { labelCauses } from './metadata.ts';
import { podSpecCauses } from './pods.ts';
import { configKey } from './words.ts';

/** Keys of a ConfigMap or Secret. */
export function keyCauses(object: JsonObject): Cause[] {
  const binary = objectOf(object.binaryData);
  const each = (field: string, keys: string[]): Cause[] =>
    keys.flatMap((key) => {
      const sentence = configKey(key);
      const place = `${field}[${key}]`;
      const twice = field === 'data' && Object.hasOwn(binary, key);
      return [
        ...(sentence === null ? [] : [wrong(place, key, sentence)]),
        ...(twice ? [wrong(place, key, 'duplicate of key present in binaryData')] : []),
      ];
    });
  return [...each('data', Object.keys(objectOf(object.data))), ...each('binaryData', Object.keys(binary))];
}

const neededKeys: Record<string, string[]> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export function secretCauses(secret: JsonObject): Cause[] {
  const data = objectOf(secret.data);
  const needed = neededKeys[textOf(secret.type)] ?? [];
  return [...keyCauses(secret), ...needed.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`))];
}

export function serviceCauses(service: JsonObject): Cause[] {
  const spec = objectOf(service.spec);
  const ports = listOf(spec.ports).map(objectOf);
  const bare = spec.clusterIP === 'None' || spec.type === 'ExternalName';
  const range = 'must be between 1 and 65535, inclusive';
  const seen = new Set<string>();
  const each = ports.flatMap((port, index) => {
    const place = `spec.ports[${index}]`;
    const number = Number(port.port ?? 0);
    const id = `${number}/${textOf(port.protocol)}`;
    const again = seen.has(id);
    seen.add(id);
    const shown = { Name: '', Protocol: textOf(port.protocol), AppProtocol: null, Port: number, TargetPort: 0, NodePort: 0 };
    return [
      ...(ports.length > 1 && textOf(port.name) === '' ? [required(`${place}.name`)] : []),
      ...(number < 1 || number > 65535 ? [wrong(`${place}.port`, number, range)] : []),
      ...oneOf(`${place}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']),
      ...(again ? [duplicate(place, shown)] : []),
    ];
  });
  return [
    ...(ports.length === 0 && !bare ? [required('spec.ports')] : []),
    ...noneTwice(ports.map((port, index) => [`spec.ports[${index}].name`, port.name])),
    ...each,
    ...labelCauses('spec.selector', objectOf(spec.selector)),
    ...oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']),
    ...oneOf('spec.type', spec.type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']),
  ];
}

export function jobCauses(job: JsonObject): Cause[] {
  const spec = objectOf(job.spec);
  const template = objectOf(objectOf(spec.template).spec);
  const policy = template.restartPolicy;
  const words = 'valid values: "OnFailure", "Never"';
  return [
    ...['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].flatMap((field) =>
      atLeast(`spec.${field}`, spec[field], 0),
    ),
    ...podSpecCauses(template, 'spec.template.spec').filter((cause) => cause.field !== 'spec.template.spec.restartPolicy'),
    ...(policy === 'OnFailure' || policy === 'Never' ? [] : [required('spec.template.spec.restartPolicy', words)]),
  ];
}

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function claimCauses(claim: JsonObject): Cause[] {
  const spec = objectOf(claim.spec);
  const modes = listOf(spec.accessModes);
  const storage = objectOf(objectOf(spec.resources).requests).storage;
  const amount = parseQuantity(storage);
  return [
    ...(modes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...modes.flatMap((mode) => oneOf('spec.accessModes', mode, accessModes)),
    ...(amount === null ? [required('spec.resources[storage]')] : []),
    ...(amount !== null && amount.thousandths <= 0n
      ? [wrong('spec.resources[storage]', String(storage), 'must be greater than zero')]
      : []),
  ];
}

export function eventCauses(event: JsonObject): Cause[] {
  const about = textOf(objectOf(event.involvedObject).namespace);
  const own = textOf(metadataOf(event).namespace);
  // Events about objects of the cluster itself are kept in `default`.
  if (about === own || (about === '' && own === 'default')) return [];
  return [wrong('involvedObject.namespace', about, 'does not match event.namespace')];
}

const quotaNames = new RegExp(
  '^(cpu|memory|ephemeral-storage|(requests|limits)\\.(cpu|memory|ephemeral-storage)|requests\\.storage|pods|services|' +
    'services\\.loadbalancers|services\\.nodeports|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims)$',
);

export function quotaCauses(quota: JsonObject): Cause[] {
  const hard = Object.entries(objectOf(objectOf(quota.spec).hard)).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return hard.flatMap(([name, value]) => {
    const field = `spec.hard[${name}]`;
    if (!name.includes('/') && !quotaNames.test(name)) {
      return [
        wrong(field, name, 'must be a standard resource type or fully qualified'),
        wrong(field, name, 'must be a standard resource for quota'),
      ];
    }
    const amount = parseQuantity(value);
    return amount !== null && amount.thousandths < 0n ? [wrong(field, String(value), 'must be greater than or equal to 0')] : [];
  });
}

/** `namespaced`: a Role, whose rules can only be about resources. */
export const roleCauses = (role: JsonObject, namespaced: boolean): Cause[] =>
  listOf(role.rules).flatMap((rule, index) => ruleCauses(objectOf(rule), `rules[${index}]`, namespaced));

function ruleCauses(rule: JsonObject, path: string, namespaced: boolean): Cause[] {
  const empty = (value: Json | undefined): boolean => listOf(value).length === 0;
  const verbs = empty(rule.verbs) ? [required(`${path}.verbs`, 'verbs must contain at least one value')] : [];
  if (!empty(rule.nonResourceURLs)) {
    if (!namespaced) return verbs;
    const why = 'namespaced rules cannot apply to non-resource URLs';
    return [...verbs, wrong(`${path}.nonResourceURLs`, rule.nonResourceURLs, why)];
  }
  const groups = 'resource rules must supply at least one api group';
  const resources = 'resource rules must supply at least one resource';
  return [
    ...verbs,
    ...(empty(rule.apiGroups) ? [required(`${path}.apiGroups`, groups)] : []),
    ...(empty(rule.resources) ? [required(`${path}.resources`, resources)] : []),
  ];
}

/** `roleKinds`: what the binding may point at. */
export function bindingCauses(binding: JsonObject, roleKinds: string[]): Cause[] {
  const { kind, name } = objectOf(binding.roleRef);
  const knownKind = roleKinds.includes(textOf(kind));
  return [
    ...(knownKind ? [] : [unsupported('roleRef.kind', textOf(kind), roleKinds)]),
    ...(textOf(name) === '' ? [required('roleRef.name')] : []),
    ...listOf(binding.subjects).flatMap((entry, index) => {
      const subject = objectOf(entry);
      const place = `subjects[${index}]`;
      const needsNamespace = subject.kind === 'ServiceAccount' && textOf(subject.namespace) === '';
      return [
        ...(textOf(subject.name) === '' ? [required(`${place}.name`)] : []),
        ...(needsNamespace && roleKinds.length === 1 ? [required(`${place}.namespace`)] : []),
        ...oneOf(`${place}.kind`, subject.kind, ['ServiceAccount', 'User', 'Group']),
      ];
    }),
  ];
}

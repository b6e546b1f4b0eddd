import { type JsonObject, nameOf, objectOf, same, textOf } from '../../json.ts';
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  eventKind,
  jobs,
  type Kind,
  persistentVolumeClaims,
  pods,
  resourceQuotas,
  roleBindings,
  roles,
  secrets,
  services,
} from '../kinds.ts';
import { type Cause, invalid } from '../status.ts';
import { forbidden, wrong } from './causes.ts';
import { invalidFields } from './custom.ts';
import { metadataCauses, metadataUpdateCauses } from './metadata.ts';
import {
  bindingCauses,
  claimCauses,
  eventCauses,
  jobCauses,
  keyCauses,
  quotaCauses,
  roleCauses,
  secretCauses,
  serviceCauses,
} from './others.ts';
import { podSpecCauses, podUpdateCauses } from './pods.ts';

const rules = new Map<Kind, (object: JsonObject) => Cause[]>([
  [pods, (pod) => podSpecCauses(objectOf(pod.spec))],
  [services, serviceCauses],
  [configMaps, keyCauses],
  [secrets, secretCauses],
  [jobs, jobCauses],
  [persistentVolumeClaims, claimCauses],
  [eventKind, eventCauses],
  [resourceQuotas, quotaCauses],
  [roles, (role) => roleCauses(role, true)],
  [clusterRoles, (role) => roleCauses(role, false)],
  [roleBindings, (binding) => bindingCauses(binding, ['Role', 'ClusterRole'])],
  [clusterRoleBindings, (binding) => bindingCauses(binding, ['ClusterRole'])],
]);

const refused = (kind: Kind, object: JsonObject, causes: Cause[]): void => {
  if (causes.length > 0) throw invalid(kind, nameOf(object), causes);
};

const causesOf = (kind: Kind, object: JsonObject): Cause[] => [
  ...metadataCauses(kind, object),
  ...(kind.custom && kind.schema !== undefined ? invalidFields(kind.schema, object) : (rules.get(kind)?.(object) ?? [])),
];

/** Throws 422 with everything that is wrong with a new object. */
export function validate(kind: Kind, object: JsonObject): void {
  refused(kind, object, causesOf(kind, object));
}

/** Throws 422 with everything that is wrong with the object, and with what may not change as it did. */
export function validateUpdate(kind: Kind, live: JsonObject, object: JsonObject): void {
  refused(kind, object, [...metadataUpdateCauses(live, object), ...updateCauses(kind, live, object), ...causesOf(kind, object)]);
}

function updateCauses(kind: Kind, live: JsonObject, object: JsonObject): Cause[] {
  if (kind === pods) return podUpdateCauses(live, object);
  if (kind === configMaps || kind === secrets) return [...fixedType(kind, live, object), ...frozen(live, object)];
  if (kind === services) return fixedAddress(live, object);
  if (kind === roleBindings || kind === clusterRoleBindings) return fixedRole(live, object);
  if (kind === jobs) {
    const [before, after] = [objectOf(live.spec), objectOf(object.spec)];
    return ['completions', 'selector', 'template'].flatMap((field) =>
      same(before[field], after[field]) ? [] : [wrong(`spec.${field}`, after[field] ?? null, 'field is immutable')],
    );
  }
  return [];
}

function fixedType(kind: Kind, live: JsonObject, object: JsonObject): Cause[] {
  if (kind !== secrets || live.type === object.type) return [];
  return [wrong('type', textOf(object.type), 'field is immutable')];
}

function frozen(live: JsonObject, object: JsonObject): Cause[] {
  if (live.immutable !== true) return [];
  const why = 'field is immutable when `immutable` is set';
  return [
    ...(object.immutable === true ? [] : [forbidden('immutable', why)]),
    ...['data', 'binaryData'].filter((field) => !same(live[field], object[field])).map((field) => forbidden(field, why)),
  ];
}

function fixedAddress(live: JsonObject, object: JsonObject): Cause[] {
  const before = objectOf(live.spec).clusterIP;
  const after = objectOf(object.spec).clusterIP;
  return before === after || before === undefined ? [] : [wrong('spec.clusterIPs[0]', [after], 'may not change once set')];
}

function fixedRole(live: JsonObject, object: JsonObject): Cause[] {
  if (same(live.roleRef, object.roleRef)) return [];
  const { apiGroup, kind, name } = objectOf(object.roleRef);
  return [wrong('roleRef', { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef')];
}

import { at, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import {
  clusterRoleBindings,
  jobs,
  type Kind,
  namespaces,
  persistentVolumeClaims,
  pods,
  roleBindings,
  secrets,
  services,
} from './kinds.ts';
import { fieldSchema, type Schema } from './schema.ts';

const mapped = (value: Json | undefined, change: (item: JsonObject) => JsonObject): Json[] =>
  listOf(value).map((item) => (isObject(item) ? change(item) : item));

/** `object[field]` changed where it is there; nothing otherwise. */
const within = (object: JsonObject, field: string, change: (value: Json) => Json): JsonObject => {
  const value = object[field];
  return value === undefined || value === null ? {} : { [field]: change(value) };
};

const port = (one: JsonObject): JsonObject => ({ ...one, protocol: one.protocol ?? 'TCP' });

const variable = (one: JsonObject): JsonObject => {
  const reference = at(one, 'valueFrom', 'fieldRef');
  if (!isObject(reference)) return one;
  return { ...one, valueFrom: { ...objectOf(one.valueFrom), fieldRef: { apiVersion: 'v1', ...reference } } };
};

/** An image without a tag, or with `latest`, is pulled each time. */
const pullPolicy = (image: string): string => {
  const name = image.slice(image.lastIndexOf('/') + 1);
  return image.includes('@') || (name.includes(':') && !name.endsWith(':latest')) ? 'IfNotPresent' : 'Always';
};

/** A limit without a request is a request too. */
function resources(value: Json): Json {
  const found = objectOf(value);
  const limits = objectOf(found.limits);
  if (Object.keys(limits).length === 0) return found;
  return { ...found, requests: { ...limits, ...objectOf(found.requests) } };
}

const container = (one: JsonObject): JsonObject => ({
  ...one,
  ...within(one, 'ports', (value) => mapped(value, port)),
  ...within(one, 'env', (value) => mapped(value, variable)),
  resources: resources(one.resources ?? {}),
  terminationMessagePath: one.terminationMessagePath ?? '/dev/termination-log',
  terminationMessagePolicy: one.terminationMessagePolicy ?? 'File',
  imagePullPolicy: one.imagePullPolicy ?? pullPolicy(textOf(one.image)),
});

const sources = ['configMap', 'secret', 'downwardAPI', 'projected'];
function volume(one: JsonObject): JsonObject {
  const source = sources.find((name) => isObject(one[name]));
  if (source !== undefined)
    return { ...one, [source]: { ...objectOf(one[source]), defaultMode: at(one, source, 'defaultMode') ?? 420 } };
  if (isObject(one.hostPath)) return { ...one, hostPath: { ...one.hostPath, type: one.hostPath.type ?? '' } };
  return Object.keys(one).length === 1 ? { ...one, emptyDir: {} } : one;
}

/** What the server fills into the spec of a pod or of a pod template. */
function podSpec(spec: JsonObject, restartPolicy: JsonObject): JsonObject {
  return {
    ...spec,
    ...within(spec, 'volumes', (value) => mapped(value, volume)),
    ...within(spec, 'initContainers', (value) => mapped(value, container)),
    containers: mapped(spec.containers, container),
    ...restartPolicy,
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    ...(textOf(spec.serviceAccountName) === '' ? {} : { serviceAccount: textOf(spec.serviceAccountName) }),
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  };
}

const byKind = new Map<Kind, (object: JsonObject) => JsonObject>([
  [
    pods,
    (object) => {
      const spec = objectOf(object.spec);
      const filled = podSpec(spec, { restartPolicy: spec.restartPolicy ?? 'Always' });
      return { ...object, spec: { ...filled, enableServiceLinks: spec.enableServiceLinks ?? true } };
    },
  ],
  [
    jobs,
    (object) => {
      const spec = objectOf(object.spec);
      const template = objectOf(spec.template);
      const count = spec.completions === undefined && spec.parallelism === undefined ? { completions: 1 } : {};
      const defaults = { parallelism: 1, ...count, backoffLimit: 6, manualSelector: false, completionMode: 'NonIndexed' };
      const more = { suspend: false, podReplacementPolicy: 'TerminatingOrFailed' };
      return {
        ...object,
        spec: { ...defaults, ...more, ...spec, template: { ...template, spec: podSpec(objectOf(template.spec), {}) } },
      };
    },
  ],
  [
    services,
    (object) => {
      const spec = objectOf(object.spec);
      const target = (one: JsonObject): JsonObject => ({ targetPort: one.port ?? 0, ...port(one) });
      return {
        ...object,
        spec: {
          ...spec,
          ...within(spec, 'ports', (value) => mapped(value, target)),
          type: spec.type ?? 'ClusterIP',
          sessionAffinity: spec.sessionAffinity ?? 'None',
          internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster',
        },
      };
    },
  ],
  [
    secrets,
    ({ stringData, ...object }) => {
      const plain = Object.entries(objectOf(stringData));
      const encoded = Object.fromEntries(plain.map(([key, value]) => [key, Buffer.from(textOf(value)).toString('base64')]));
      const data = plain.length === 0 ? {} : { data: { ...objectOf(object.data), ...encoded } };
      return { ...object, ...data, type: object.type ?? 'Opaque' };
    },
  ],
  [
    persistentVolumeClaims,
    (object) => ({ ...object, spec: { ...objectOf(object.spec), volumeMode: at(object, 'spec', 'volumeMode') ?? 'Filesystem' } }),
  ],
  [namespaces, (object) => ({ ...object, spec: { finalizers: ['kubernetes'], ...objectOf(object.spec) } })],
]);

function binding(object: JsonObject): JsonObject {
  const group = { apiGroup: 'rbac.authorization.k8s.io' };
  const subject = (one: JsonObject): JsonObject => (one.kind === 'ServiceAccount' ? one : { ...group, ...one });
  return {
    ...object,
    ...within(object, 'subjects', (value) => mapped(value, subject)),
    roleRef: { ...group, ...objectOf(object.roleRef) },
  };
}
byKind.set(roleBindings, binding);
byKind.set(clusterRoleBindings, binding);

/** `value` with the defaults that `schema` names, in the parts that are there. */
function fromSchema(schema: Schema, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => fromSchema(schema.items ?? {}, item));
  if (!isObject(value)) return value;
  const filled: JsonObject = {};
  for (const [key, child] of Object.entries(value)) filled[key] = fromSchema(fieldSchema(schema, key) ?? {}, child);
  for (const [key, known] of Object.entries(schema.properties ?? {})) {
    if (filled[key] === undefined && known.default !== undefined) filled[key] = known.default;
  }
  return filled;
}

/** The object with the defaults of its kind, as every write of it gets them. */
export function withDefaults(kind: Kind, object: JsonObject): JsonObject {
  if (kind.custom && kind.schema !== undefined) return objectOf(fromSchema(kind.schema, object));
  return byKind.get(kind)?.(object) ?? object;
}

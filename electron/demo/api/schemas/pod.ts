import type { Schema } from '../schema.ts';
import { conditions, kindSchema, objectMeta } from './metadata.ts';
import { atomic, flag, keyed, list, long, mapOf, open, openList, pairs, quantity, struct, text, texts, whole } from './terms.ts';
import { localObjectReference, volume } from './volumes.ts';

const environment: Schema = keyed(
  struct('EnvVar', {
    name: text(),
    value: text(),
    valueFrom: struct('EnvVarSource', {
      configMapKeyRef: atomic(struct('ConfigMapKeySelector', { key: text(), name: text(), optional: flag() })),
      fieldRef: atomic(struct('ObjectFieldSelector', { apiVersion: text(), fieldPath: text() })),
      fileKeyRef: open(),
      resourceFieldRef: atomic(struct('ResourceFieldSelector', { containerName: text(), divisor: quantity, resource: text() })),
      secretKeyRef: atomic(struct('SecretKeySelector', { key: text(), name: text(), optional: flag() })),
    }),
  }),
  'name',
);

const port: Schema = struct('ContainerPort', {
  containerPort: whole(),
  hostIP: text(),
  hostPort: whole(),
  name: text(),
  protocol: { ...text(), default: 'TCP' },
});

const resources: Schema = struct('ResourceRequirements', {
  claims: openList(),
  limits: mapOf(quantity),
  requests: mapOf(quantity),
});

const mount: Schema = struct('VolumeMount', {
  mountPath: text(),
  mountPropagation: text(),
  name: text(),
  readOnly: flag(),
  recursiveReadOnly: text(),
  subPath: text(),
  subPathExpr: text(),
});

const containerFields: Record<string, Schema> = {
  args: texts(),
  command: texts(),
  env: environment,
  envFrom: openList(),
  image: text(),
  imagePullPolicy: text(),
  lifecycle: open(),
  livenessProbe: open(),
  name: text(),
  ports: keyed(port, 'containerPort', 'protocol'),
  readinessProbe: open(),
  resizePolicy: openList(),
  resources,
  restartPolicy: text(),
  restartPolicyRules: openList(),
  securityContext: open(),
  startupProbe: open(),
  stdin: flag(),
  stdinOnce: flag(),
  terminationMessagePath: text(),
  terminationMessagePolicy: text(),
  tty: flag(),
  volumeDevices: keyed(struct('VolumeDevice', { devicePath: text(), name: text() }), 'devicePath'),
  volumeMounts: keyed(mount, 'mountPath'),
  workingDir: text(),
};

const containers: Schema = keyed(struct('Container', containerFields), 'name');

const toleration: Schema = struct('Toleration', {
  effect: text(),
  key: text(),
  operator: text(),
  tolerationSeconds: long(),
  value: text(),
});

/** `spec` of a pod and of a pod template. */
export const podSpec: Schema = struct('PodSpec', {
  activeDeadlineSeconds: long(),
  affinity: open(),
  automountServiceAccountToken: flag(),
  containers,
  dnsConfig: open(),
  dnsPolicy: text(),
  enableServiceLinks: flag(),
  ephemeralContainers: keyed(struct('EphemeralContainer', { ...containerFields, targetContainerName: text() }), 'name'),
  hostAliases: keyed(struct('HostAlias', { hostnames: texts(), ip: text() }), 'ip'),
  hostIPC: flag(),
  hostNetwork: flag(),
  hostPID: flag(),
  hostUsers: flag(),
  hostname: text(),
  hostnameOverride: text(),
  imagePullSecrets: keyed(localObjectReference, 'name'),
  initContainers: containers,
  nodeName: text(),
  nodeSelector: atomic(pairs()),
  os: open(),
  overhead: mapOf(quantity),
  preemptionPolicy: text(),
  priority: whole(),
  priorityClassName: text(),
  readinessGates: openList(),
  resourceClaims: keyed(open(), 'name'),
  resources,
  restartPolicy: text(),
  runtimeClassName: text(),
  schedulerName: text(),
  schedulingGates: keyed(struct('PodSchedulingGate', { name: text() }), 'name'),
  securityContext: open(),
  serviceAccount: text(),
  serviceAccountName: text(),
  setHostnameAsFQDN: flag(),
  shareProcessNamespace: flag(),
  subdomain: text(),
  terminationGracePeriodSeconds: long(),
  tolerations: list(toleration),
  topologySpreadConstraints: keyed(open(), 'topologyKey', 'whenUnsatisfiable'),
  volumes: keyed(volume, 'name'),
});

/** `template` of a Job. */
export const podTemplate: Schema = struct('PodTemplateSpec', { metadata: objectMeta, spec: podSpec });

/** `v1` Pod. */
export const podSchema: Schema = kindSchema('Pod', {
  spec: podSpec,
  status: struct('PodStatus', {
    conditions,
    containerStatuses: openList(),
    ephemeralContainerStatuses: openList(),
    extendedResourceClaimStatus: open(),
    hostIP: text(),
    hostIPs: openList(),
    initContainerStatuses: openList(),
    message: text(),
    nominatedNodeName: text(),
    observedGeneration: long(),
    phase: text(),
    podIP: text(),
    podIPs: keyed(struct('PodIP', { ip: text() }), 'ip'),
    qosClass: text(),
    reason: text(),
    resize: text(),
    resourceClaimStatuses: keyed(open(), 'name'),
    startTime: text(),
  }),
});

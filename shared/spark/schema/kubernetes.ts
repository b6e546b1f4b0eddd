import { choice, flag, type JsonSchema, list, mapOf, object, passedOn, text, whole } from './json-schema.ts';

/** An amount in Kubernetes' notation (`500m`, `2`, `20Gi`); numbers may be written without quotes. */
export function quantity(description: string): JsonSchema {
  return { type: ['string', 'integer'], description };
}

/** Spark's own notation of memory, which is not Kubernetes': `512m` is 512 MiB here. */
export function memory(description: string, rest: Partial<JsonSchema> = {}): JsonSchema {
  return text(description, { pattern: '^[0-9]+([bkmgtpBKMGTP]|[kmgtpKMGTP][bB]|[KMGTP]i)?$', ...rest });
}

const keyOf = (what: string): JsonSchema =>
  object(`A value out of a ${what}.`, {
    name: text(`Name of the ${what}, in the application's namespace.`),
    key: text(`Key in the ${what}.`),
    optional: flag(`Whether the pod may start although the ${what} or the key does not exist.`),
  });

/** One environment variable, as in any container. */
export const environmentVariable: JsonSchema = object(
  'One environment variable.',
  {
    name: text('Name of the variable.'),
    value: text('Its value. Numbers, true and false need quotes.'),
    valueFrom: object('Where the value comes from instead.', {
      secretKeyRef: keyOf('Secret'),
      configMapKeyRef: keyOf('ConfigMap'),
      fieldRef: passedOn('A field of the pod itself, `fieldPath: status.podIP` say.'),
      resourceFieldRef: passedOn('A request or limit of the container itself.'),
    }),
  },
  ['name'],
);

/** All keys of a ConfigMap or Secret as environment variables. */
export const environmentSource: JsonSchema = object('Takes every key as a variable.', {
  prefix: text('Put before each name.'),
  configMapRef: object('The ConfigMap.', { name: text('Its name.'), optional: flag('Whether it may be absent.') }),
  secretRef: object('The Secret.', { name: text('Its name.'), optional: flag('Whether it may be absent.') }),
});

const fileMode = 'Permissions of the files; `0644` is octal, as in any YAML that Kubernetes reads.';
const items = list('Only these keys, each under a path of its own.', passedOn('`key` and `path`.'));

/** One volume of a pod: a name and exactly one kind of source. */
export const volume: JsonSchema = object(
  'A volume. It does nothing until a `volumeMounts` of driver or executor names it. A name that begins with `spark-local-dir-` makes Spark shuffle and spill there, and then only emptyDir, hostPath, nfs and persistentVolumeClaim work.',
  {
    name: text('Named by `volumeMounts`.', { maxLength: 63 }),
    emptyDir: object('An empty folder that lives as long as the pod.', {
      sizeLimit: quantity('The pod is evicted when more is in it: `20Gi`.'),
      medium: choice('`Memory` keeps it in RAM, which counts as memory of the container.', ['', 'Memory']),
    }),
    hostPath: object(
      'A path of the node the pod runs on.',
      { path: text('The path.'), type: text('What must be there: `Directory`, `DirectoryOrCreate`, …') },
      ['path'],
    ),
    configMap: object('The keys of a ConfigMap as files.', {
      name: text('Name of the ConfigMap.'),
      items,
      defaultMode: whole(fileMode, 0),
      optional: flag('Whether it may be absent.'),
    }),
    secret: object('The keys of a Secret as files.', {
      secretName: text('Name of the Secret.'),
      items,
      defaultMode: whole(fileMode, 0),
      optional: flag('Whether it may be absent.'),
    }),
    persistentVolumeClaim: object(
      'A claim that exists already.',
      { claimName: text('Name of the claim.'), readOnly: flag('Default: false.') },
      ['claimName'],
    ),
    nfs: object(
      'A folder of an NFS server.',
      { server: text('Host name.'), path: text('Exported path.'), readOnly: flag('Default: false.') },
      ['server', 'path'],
    ),
    projected: passedOn('Several sources in one folder.'),
    downwardAPI: passedOn('Fields of the pod as files.'),
    csi: passedOn('A volume of a CSI driver that lives as long as the pod.'),
    ephemeral: passedOn('A claim that is made for the pod and goes with it.'),
  },
  ['name'],
);
// Older sources are rare; the server knows them.
volume.additionalProperties = { type: 'object' };

export const volumeMount: JsonSchema = object(
  'Where a volume stands in the container.',
  {
    name: text('Name of an entry of `spec.volumes`. One that is not there is skipped without a word by the webhook.'),
    mountPath: text('Path in the container.'),
    subPath: text('Only this path of the volume.'),
    subPathExpr: text('As `subPath`, with variables such as `$(POD_NAME)`.'),
    readOnly: flag('Default: false.'),
    mountPropagation: choice('Whether later mounts are seen.', ['None', 'HostToContainer', 'Bidirectional']),
    recursiveReadOnly: text('How far read-only reaches.'),
  },
  ['name', 'mountPath'],
);

export const toleration: JsonSchema = object('Lets the pod onto nodes with a taint.', {
  key: text('Key of the taint; all of them when absent.'),
  operator: choice('Default: Equal.', ['Exists', 'Equal', 'Lt', 'Gt']),
  value: text('Value of the taint, for Equal.'),
  effect: choice('Which effect; all of them when absent.', ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
  tolerationSeconds: { type: 'integer', description: 'How long a running pod may stay after a NoExecute taint came.' },
});

/** What an object is called. */
export const metadata: JsonSchema = object(
  'What the object is called.',
  {
    name: text(
      'Name of the application; with `--name` it becomes the Spark application name, and driver and services are called after it. Lower-case letters, digits and dashes, a letter first, at most 63: longer ones are taken by the API server and then fail when they are submitted.',
      { maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' },
    ),
    namespace: text('Where it runs; `spark.kubernetes.namespace`. The operator must be told to look after this namespace.'),
    labels: mapOf('Passed on to driver and executor pods, except `kueue.x-k8s.io/*`.'),
    annotations: mapOf('Notes on the object. They do not reach the pods, and changing them does not run anything again.'),
    finalizers: list('Names that must be taken away before the object can go.', { type: 'string' }),
    ownerReferences: list('Objects that this one goes with.', passedOn('`apiVersion`, `kind`, `name` and `uid`.')),
  },
  ['name'],
);

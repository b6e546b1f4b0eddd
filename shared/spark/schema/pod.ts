import { flag, type JsonSchema, list, mapOf, object, passedOn, text, texts, whole } from './json-schema.ts';
import { environmentSource, environmentVariable, memory, quantity, toleration, volumeMount } from './kubernetes.ts';

/** Said of every field that spark-submit never sees. */
const webhook = 'Set on the pod by the operator’s webhook: lost without a word where the webhook is off.';

/** Fields that driver and executor have in common; `role` is the word in Spark's configuration keys. */
export function podFields(role: 'driver' | 'executor'): Record<string, JsonSchema> {
  const kubernetes = `spark.kubernetes.${role}`;
  const environment = role === 'driver' ? 'spark.kubernetes.driverEnv.*' : 'spark.executorEnv.*';
  return {
    cores: whole(`CPU cores, whole ones: \`spark.${role}.cores\`. Default: 1. Use \`coreRequest\` to ask for less than one.`, 1, {
      default: 1,
    }),
    coreRequest: text(`CPU the pod asks for when that is not \`cores\`, \`500m\` say: \`${kubernetes}.request.cores\`.`),
    coreLimit: text(`CPU the pod may use at most, \`1200m\` say: \`${kubernetes}.limit.cores\`. Default: no limit.`),
    memory: memory(
      `Heap of the JVM in Spark’s notation (\`512m\`, \`4g\`): \`spark.${role}.memory\`. Default: 1g. The pod asks for this and the overhead, and that is its limit too.`,
      { default: '1g' },
    ),
    memoryOverhead: memory(
      `Memory beside the heap: \`spark.${role}.memoryOverhead\`. Default: the larger of 384 MiB and \`memoryOverheadFactor\` × memory. Raise this one first when a pod is OOMKilled.`,
    ),
    memoryLimit: quantity(
      `Limit of the container when that is to be more than memory and overhead. The heap does not grow with it. ${webhook}`,
    ),
    image: text(`Image of the ${role} when it is not \`spec.image\`: \`${kubernetes}.container.image\`.`),
    serviceAccount: text(
      role === 'driver'
        ? 'Account the driver runs as: `spark.kubernetes.authenticate.driver.serviceAccountName`. It needs the right to create pods, services and configmaps; without one the namespace’s `default` account is used, which has none.'
        : 'Account the executors run as: `spark.kubernetes.authenticate.executor.serviceAccountName`. They need no rights.',
    ),
    javaOptions: text(`Options of the JVM, but not its heap: \`spark.${role}.extraJavaOptions\`.`),
    labels: mapOf(
      `Labels of the pod: \`${kubernetes}.label.*\`. They come after the operator’s own: naming one of \`sparkoperator.k8s.io/…\` makes the operator lose its pods.`,
    ),
    annotations: mapOf(`Annotations of the pod: \`${kubernetes}.annotation.*\`.`),
    env: list(`Environment variables. ${webhook}`, environmentVariable),
    envFrom: list(`Variables from whole ConfigMaps and Secrets. ${webhook}`, environmentSource),
    envVars: mapOf(
      `Environment variables as plain texts: \`${environment}\`. Works without the webhook; \`env\` is the newer way.`,
    ),
    envSecretKeyRefs: mapOf(
      `Variables out of Secrets: \`${kubernetes}.secretKeyRef.NAME=secret:key\`. \`env\` is the newer way.`,
      object('A key of a Secret.', { name: text('Name of the Secret.'), key: text('Key in it.') }, ['name', 'key']),
    ),
    secrets: list(
      `Secrets as files: \`${kubernetes}.secrets.<name>=<path>\`.`,
      object(
        'A Secret and its place.',
        {
          name: text('Name of the Secret.'),
          path: text('Folder in the container.'),
          secretType: text(
            '`Generic`, or a kind that also sets a variable: `GCPServiceAccount` sets GOOGLE_APPLICATION_CREDENTIALS to key.json, `HadoopDelegationToken` sets HADOOP_TOKEN_FILE_LOCATION to hadoop.token. Upper and lower case matter.',
            { examples: ['Generic', 'GCPServiceAccount', 'HadoopDelegationToken'] },
          ),
        },
        ['name', 'path', 'secretType'],
      ),
    ),
    configMaps: list(
      `ConfigMaps as files. ${webhook}`,
      object('A ConfigMap and its place.', { name: text('Name of the ConfigMap.'), path: text('Folder in the container.') }, [
        'name',
        'path',
      ]),
    ),
    volumeMounts: list(
      `Volumes of \`spec.volumes\` and their places. Those called \`spark-local-dir-…\` become \`${kubernetes}.volumes.*\` and are used for shuffle; all others are ${webhook.charAt(0).toLowerCase()}${webhook.slice(1)}`,
      volumeMount,
    ),
    gpu: object(
      `GPUs of the pod. ${webhook}`,
      { name: text('Name of the resource, `nvidia.com/gpu` say.'), quantity: whole('How many.', 1) },
      ['name', 'quantity'],
    ),
    nodeSelector: mapOf(`Labels a node must have. ${webhook} Not together with \`spec.nodeSelector\`.`),
    affinity: passedOn(`Which nodes and neighbours to prefer or to shun. ${webhook}`),
    tolerations: list(`Taints that do not keep the pod away. ${webhook}`, toleration),
    schedulerName: text(`Scheduler that places the pod; \`batchScheduler\` wins over it. ${webhook}`),
    priorityClassName: text(`PriorityClass of the pod. ${webhook}`),
    securityContext: passedOn(`Rights of the container: runAsUser, capabilities and so on. ${webhook}`),
    podSecurityContext: passedOn(`Rights of the whole pod: fsGroup, runAsNonRoot and so on. ${webhook}`),
    hostNetwork: flag(`Whether the pod uses the node’s network. Default: false. ${webhook}`),
    dnsConfig: passedOn(`DNS servers and search domains of the pod. ${webhook}`),
    hostAliases: list(
      `Lines for /etc/hosts. ${webhook}`,
      object('One address.', { ip: text('The address.'), hostnames: texts('Its names.') }, ['ip']),
    ),
    initContainers: list(
      `Containers that run to their end first. ${webhook}`,
      passedOn('A container: name, image, command and so on.'),
    ),
    sidecars: list(
      `Containers beside Spark’s. One that does not end keeps the pod Running after Spark has ended. ${webhook}`,
      passedOn('A container: name, image, command and so on.'),
    ),
    ports: list(
      `Further ports of the container. ${webhook}`,
      object(
        'A port.',
        { name: text('Its name.'), containerPort: whole('Its number.', 1, { maximum: 65535 }), protocol: text('TCP or UDP.') },
        ['name', 'containerPort', 'protocol'],
      ),
    ),
    lifecycle: passedOn(`What runs after the start and before the stop of the container. ${webhook}`),
    shareProcessNamespace: flag(`Whether the pod’s containers see each other’s processes. ${webhook}`),
    terminationGracePeriodSeconds: whole(`Seconds between SIGTERM and SIGKILL. ${webhook}`, 0),
    template: passedOn(
      `A whole pod to begin from: \`${kubernetes}.podTemplateFile\`. Works without the webhook, from sparkVersion 3.0.0 on. What the other fields say wins over it.`,
    ),
  };
}

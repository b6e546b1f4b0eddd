import type { Schema } from '../schema.ts';
import { kindSchema } from './metadata.ts';
import { choice, flag, long, open, openList, pairs, text, texts, whole } from './terms.ts';

const podFields: Record<string, Schema> = {
  cores: whole('Cores that Spark counts with, and the CPU request unless coreRequest says otherwise.', 1),
  coreRequest: text('CPU request of the pod as a quantity, for example 500m.'),
  coreLimit: text('CPU limit of the pod as a quantity.'),
  memory: text('Heap of the JVM, in the notation of Java: 512m, 4g.'),
  memoryOverhead: text('Memory beside the heap, added to the request of the pod.'),
  image: text('Image of this side only; wins over spec.image.'),
  env: openList('Environment variables, as in a pod.'),
  envFrom: openList('ConfigMaps and Secrets whose keys become environment variables.'),
  labels: pairs('Labels put on the pods.'),
  annotations: pairs('Annotations put on the pods.'),
  nodeSelector: pairs('Labels that a node must carry.'),
  tolerations: openList('Taints that the pods accept.'),
  affinity: open('Affinity of the pods.'),
  volumeMounts: openList('Where the volumes of spec.volumes appear.'),
  secrets: openList('Secrets mounted as folders.'),
  configMaps: openList('ConfigMaps mounted as folders.'),
  serviceAccount: text('ServiceAccount of the pods; a driver needs one that may make pods.'),
  javaOptions: text('Further options of the JVM.'),
  securityContext: open('Security context of the container.'),
  podSecurityContext: open('Security context of the pod.'),
  sidecars: openList('Further containers in the pod.'),
  initContainers: openList('Containers that run to their end first.'),
  priorityClassName: text('Priority of the pods.'),
  schedulerName: text('Scheduler that places the pods.'),
  template: open('A whole pod to start from.'),
  memoryLimit: text('Memory limit of the container, where it is to be more than its request.'),
  gpu: open('Name and number of GPUs.'),
  envVars: pairs('Environment variables; env is the newer field.'),
  envSecretKeyRefs: open('Environment variables from keys of Secrets; env is the newer field.'),
  hostNetwork: flag('Whether the pods use the network of their node.'),
  hostAliases: openList('Lines of /etc/hosts.'),
  dnsConfig: open('Name servers of the pods.'),
  lifecycle: open('What runs after the start and before the end of the container.'),
  ports: openList('Further ports of the container.'),
  shareProcessNamespace: flag('Whether the containers of a pod see each other’s processes.'),
  terminationGracePeriodSeconds: long('Seconds from SIGTERM to SIGKILL.'),
};

const driver: Schema = {
  type: 'object',
  description: 'The pod that runs the main program.',
  properties: {
    ...podFields,
    podName: text('Name of the driver pod; otherwise <name>-driver.'),
    kubernetesMaster: text('API server that the driver speaks to.'),
    serviceLabels: pairs('Labels of the driver’s service.'),
    serviceAnnotations: pairs('Annotations of the driver’s service.'),
  },
};

const executor: Schema = {
  type: 'object',
  description: 'The pods that run the tasks.',
  properties: {
    ...podFields,
    instances: whole('How many executors to start.', 1),
    deleteOnTermination: flag('Whether Spark deletes the pods of executors that ended.'),
  },
};

const restartPolicy: Schema = {
  type: 'object',
  description: 'What happens when a run or a submission fails.',
  properties: {
    type: choice('Never, OnFailure or Always.', 'Never', 'Always', 'OnFailure'),
    onFailureRetries: whole('How often a failed run is started again.', 0),
    onFailureRetryInterval: whole('Seconds times attempts between runs.', 1),
    onSubmissionFailureRetries: whole('How often a failed submission is tried again.', 0),
    onSubmissionFailureRetryInterval: whole('Seconds times attempts between submissions.', 1),
  },
};

const spec: Schema = {
  type: 'object',
  description: 'What to run and with what.',
  required: ['driver', 'executor', 'mainApplicationFile', 'sparkVersion', 'type'],
  properties: {
    type: choice('Language of the program.', 'Java', 'Python', 'Scala', 'R'),
    mode: choice('Where the driver runs; operators support cluster.', 'cluster', 'client'),
    sparkVersion: text('Spark version in the image.'),
    image: text('Image of driver and executors.'),
    imagePullPolicy: text('Always, IfNotPresent or Never.'),
    imagePullSecrets: texts('Secrets that open the registry.'),
    mainClass: text('Class with the main method; not for Python and R.'),
    mainApplicationFile: text('Jar or script; local:// means inside the image.'),
    arguments: texts('Arguments of the program, in order.'),
    sparkConf: pairs('Spark properties.'),
    hadoopConf: pairs('Hadoop properties, without the prefix spark.hadoop.'),
    sparkConfigMap: text('ConfigMap mounted as the configuration folder of Spark.'),
    hadoopConfigMap: text('ConfigMap mounted as the configuration folder of Hadoop.'),
    deps: open('Jars, files, packages and repositories the program needs.'),
    volumes: openList('Volumes of the pods.'),
    nodeSelector: pairs('Labels that every node must carry.'),
    pythonVersion: choice('Python of the image.', '2', '3'),
    memoryOverheadFactor: text('Share of the heap that is added to the memory request.'),
    proxyUser: text('User the program runs as towards Hadoop.'),
    batchScheduler: text('Batch scheduler that places the pods.'),
    batchSchedulerOptions: open('Options of the batch scheduler.'),
    dynamicAllocation: open('Lets Spark start and stop executors as it needs them.'),
    monitoring: open('Metrics of driver and executors.'),
    sparkUIOptions: open('Service and ingress of the Spark UI.'),
    driverIngressOptions: openList('Further services and ingresses of the driver.'),
    suspend: flag('Stops the run, or keeps it from starting, while true.'),
    restartPolicy,
    failureRetries: whole('Accepted, and not read by current operators.'),
    retryInterval: whole('Accepted, and not read by current operators.'),
    timeToLiveSeconds: whole('Seconds after the end until the object is deleted.'),
    driver,
    executor,
  },
};

const status = open('What the operator saw last.');

/** `sparkoperator.k8s.io/v1beta2` SparkApplication, as far as this server knows it. */
export const sparkApplicationSchema: Schema = {
  ...kindSchema('SparkApplication', { spec, status }, 'One Spark application, run once or again as its restart policy says.'),
  required: ['spec'],
};

const schedule: Schema = {
  type: 'object',
  description: 'When to run and what.',
  required: ['schedule', 'template'],
  properties: {
    schedule: text('Cron expression or @every interval.'),
    timeZone: text('Time zone of the schedule.'),
    suspend: flag('No new runs while true.'),
    concurrencyPolicy: text('What happens to a run that is still going: Allow, Forbid or Replace.'),
    successfulRunHistoryLimit: whole('Successful runs to keep.'),
    failedRunHistoryLimit: whole('Failed runs to keep.'),
    template: spec,
  },
};

/** `sparkoperator.k8s.io/v1beta2` ScheduledSparkApplication. */
export const scheduledSparkApplicationSchema: Schema = {
  ...kindSchema('ScheduledSparkApplication', { spec: schedule, status }, 'Makes SparkApplications at given times.'),
  required: ['spec'],
};

/** `sparkoperator.k8s.io/v1alpha1` SparkConnect; its pods are taken unread. */
export const sparkConnectSchema: Schema = {
  ...kindSchema(
    'SparkConnect',
    {
      spec: {
        ...open('The server and its executors.'),
        required: ['executor', 'server', 'sparkVersion'],
        properties: { sparkVersion: text('Spark version in the image.'), sparkConf: pairs('Spark properties.') },
      },
      status,
    },
    'A Spark Connect server that clients share.',
  ),
  required: ['spec'],
};

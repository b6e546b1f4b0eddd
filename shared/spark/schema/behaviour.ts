import { choice, flag, type JsonSchema, list, mapOf, object, text, texts, whole } from './json-schema.ts';
import { quantity } from './kubernetes.ts';

/** What the operator does after an end. */
export const restartPolicy: JsonSchema = object(
  'What happens when a run or a submission fails. Default: nothing. Limits and intervals belong together: a missing limit means no retry, and a missing interval stops the application for ever where the webhook does not fill it in.',
  {
    type: choice(
      '`Never`; `OnFailure` up to the limits below; `Always` runs it again after success too, without limit and without delay.',
      ['Never', 'OnFailure', 'Always'],
      { default: 'Never' },
    ),
    onFailureRetries: whole('How often a failed run is tried again: 3 retries are 4 runs. Absent: not at all.', 0),
    onFailureRetryInterval: whole(
      'Seconds before a retry, times the number of submissions so far. Counted from the last submission, so that a run which lasted longer is tried again at once. Default: 5.',
      1,
      { default: 5 },
    ),
    onSubmissionFailureRetries: whole('How often a failed spark-submit is tried again. Absent: not at all.', 0),
    onSubmissionFailureRetryInterval: whole('As `onFailureRetryInterval`, for submissions. Default: 5.', 1, { default: 5 }),
  },
);

/** Executors that come and go. */
export const dynamicAllocation: JsonSchema = object('Lets Spark ask for executors as there is work, and give them back.', {
  enabled: flag('`spark.dynamicAllocation.enabled`. The other fields do nothing without it. Default: false.', { default: false }),
  initialExecutors: whole('How many to begin with: `spark.dynamicAllocation.initialExecutors`.', 0),
  minExecutors: whole('How many to keep: `spark.dynamicAllocation.minExecutors`.', 0),
  maxExecutors: whole('How many at most: `spark.dynamicAllocation.maxExecutors`. Absent: no limit but the cluster’s.', 0),
  shuffleTrackingEnabled: flag(
    'Keeps executors whose shuffle data is still needed: `spark.dynamicAllocation.shuffleTracking.enabled`. Default: true. On Kubernetes there is no other shuffle service, so false loses data.',
    { default: true },
  ),
  shuffleTrackingTimeout: whole(
    'Milliseconds after which such an executor goes all the same: `spark.dynamicAllocation.shuffleTracking.timeout`.',
    0,
  ),
});

const resolved = 'Fetched by spark-submit inside the operator’s pod, which needs room and the way there.';

/** What the program needs beside itself. */
export const dependencies: JsonSchema = object('What the program needs beside itself.', {
  jars: texts('JARs, comma-joined into `--jars`: URLs, or `local:///…` for files in the image.'),
  files: texts('Files for the working folder of every executor: `--files`.'),
  pyFiles: texts('Python files, ZIPs and eggs: `--py-files`.'),
  packages: texts(
    `Maven coordinates \`group:artifact:version\`: \`--packages\`. ${resolved} The first time takes long, and fails when its Ivy folder cannot be written.`,
  ),
  excludePackages: texts('`group:artifact` not to take with the packages: `--exclude-packages`.'),
  repositories: texts('Further Maven repositories: `--repositories`.'),
  archives: texts('Archives that are unpacked in the working folder of every executor: `--archives`.'),
});

/** Metrics for Prometheus. */
export const monitoring: JsonSchema = object(
  'Metrics. With `prometheus` the operator writes `spark.metrics.namespace`, `spark.metrics.conf`, the annotations `prometheus.io/*` and a `-javaagent`, over what you have set yourself.',
  {
    exposeDriverMetrics: flag('Whether the driver has them.'),
    exposeExecutorMetrics: flag('Whether the executors have them.'),
    metricsProperties: text('Content of Spark’s metrics.properties instead of the operator’s own.'),
    metricsPropertiesFile: text('Path of such a file in the image.'),
    prometheus: object(
      'The Prometheus JMX exporter.',
      {
        jmxExporterJar: text('Path of its JAR in the image.'),
        port: whole('Port it listens on. Default: 8090.', 1024, { maximum: 49151, default: 8090 }),
        portName: text('Name of that port. Default: jmx-exporter.'),
        configFile: text('Path of its configuration in the image.'),
        configuration: text('Its configuration itself, instead of the operator’s own.'),
      },
      ['jmxExporterJar'],
    ),
  },
  ['exposeDriverMetrics', 'exposeExecutorMetrics'],
);

const service: Record<string, JsonSchema> = {
  servicePort: whole('Port of the service.', 1, { maximum: 65535 }),
  servicePortName: text('Name of that port.'),
  serviceType: choice('Kind of service. Default: ClusterIP.', ['ClusterIP', 'NodePort', 'LoadBalancer']),
  serviceLabels: mapOf('Labels of the service. They stand instead of the operator’s own.'),
  serviceAnnotations: mapOf('Annotations of the service.'),
  ingressAnnotations: mapOf('Annotations of the Ingress.'),
  ingressTLS: list(
    'TLS of the Ingress.',
    object('Hosts and their certificate.', { hosts: texts('Host names.'), secretName: text('Secret with the certificate.') }),
  ),
};

/** How the cluster reaches the Spark UI. */
export const sparkUIOptions: JsonSchema = object(
  'Service and Ingress of the Spark UI. A forward to the driver needs neither. Where the operator’s URL has a path it also sets `spark.ui.proxyBase`.',
  service,
);

/** Services for further ports of the driver. */
export const driverIngressOptions: JsonSchema = list(
  'Services and Ingresses for further ports of the driver, one each.',
  object(
    'One port.',
    { ...service, ingressURLFormat: text('Address, with {{$appName}} and {{$appNamespace}}. Each must be another.') },
    ['servicePort', 'servicePortName'],
  ),
);

/** What a batch scheduler is told. */
export const batchSchedulerOptions: JsonSchema = object('What the batch scheduler is told.', {
  queue: text('Queue to wait in.'),
  priorityClassName: text('PriorityClass of the group.'),
  resources: mapOf(
    'What the group needs together before any of it starts, instead of what the scheduler works out.',
    quantity('An amount.'),
  ),
});

import type { Schema } from '../schema.ts';
import { kindSchema } from './metadata.ts';
import { choice, long, open, openList, pairs, struct, text, texts } from './terms.ts';

/** A number of milliseconds, or -1 for never, which is what it is when left out. */
const orNever = (description: string): Schema => ({ ...long(description), default: -1 });

const timeouts = struct('ApplicationTimeoutConfig', {
  driverReadyTimeoutMillis: long('Until the driver tells that it is ready.'),
  driverStartTimeoutMillis: long('Until the driver runs.'),
  executorStartTimeoutMillis: long('Until enough executors run.'),
  forceTerminationGracePeriodMillis: long('Until pods that do not end are ended by force.'),
  terminationRequeuePeriodMillis: long('Between looks at what is ending.'),
});

const restarts = struct('RestartConfig', {
  maxRestartAttempts: long('How often it is started again.'),
  maxRestartOnFailure: long('How often after a failure.'),
  maxRestartOnSchedulingFailure: long('How often after pods found no place.'),
  restartBackoffMillis: long('Wait before it is started again.'),
  restartBackoffMillisForFailure: long('Wait after a failure.'),
  restartBackoffMillisForSchedulingFailure: long('Wait after pods found no place.'),
  restartCounterResetMillis: orNever('After so long a run the attempts are counted anew.'),
  restartPolicy: choice('When it is started again.', 'Always', 'Never', 'OnFailure', 'OnInfrastructureFailure'),
});

const tolerations = struct('ApplicationTolerations', {
  applicationTimeoutConfig: timeouts,
  instanceConfig: struct('InstanceConfig', {
    initExecutors: long('Executors that count as a good start.'),
    maxExecutors: long('Most executors.'),
    minExecutors: long('Fewest executors.'),
  }),
  resourceRetainDurationMillis: orNever('How long pods stay after the end.'),
  resourceRetainPolicy: choice('Whether pods stay after the end.', 'Always', 'Never', 'OnFailure'),
  restartConfig: restarts,
  ttlAfterStopMillis: orNever('How long the object stays after the end.'),
});

const versions: Schema = {
  ...struct('RuntimeVersions', {
    jdkVersion: text('Java of the image.'),
    scalaVersion: text('Scala of the image.'),
    sparkVersion: text('Spark of the image.'),
  }),
  required: ['sparkVersion'],
};

const podOf = (whose: string): Schema =>
  struct('BaseApplicationTemplateSpec', { podTemplateSpec: open(`Pod of ${whose} to start from.`) });
const status = open('What the operator saw last.');

/** `spark.apache.org/v1` SparkApplication. */
export const apacheApplicationSchema: Schema = kindSchema(
  'SparkApplication',
  {
    spec: {
      ...struct('ApplicationSpec', {
        applicationTolerations: tolerations,
        configMapSpecs: openList('ConfigMaps made with the application.'),
        deploymentMode: choice('Where the driver runs.', 'ClientMode', 'ClusterMode'),
        driverArgs: texts('Arguments of the program, in order.'),
        driverGrpcRouteList: openList(),
        driverHttpRouteList: openList(),
        driverServiceIngressList: openList('Services and ingresses of the driver.'),
        driverSpec: podOf('the driver'),
        executorSpec: podOf('the executors'),
        files: text('Files put beside the program.'),
        jars: text('Jar with the program.'),
        mainClass: text('Class with the main method.'),
        proxyUser: text('User the program runs as towards Hadoop.'),
        pyFiles: text('Python script and its modules.'),
        runtimeVersions: versions,
        sparkConf: pairs('Spark properties.'),
        sparkRFiles: text('R script and its files.'),
      }),
      required: ['runtimeVersions'],
    },
    status,
  },
  "One Spark application of Apache's operator.",
);

const instances: Schema = {
  ...struct('ClusterInstanceConfig', { initWorkers: long(), maxWorkers: long(), minWorkers: long() }),
  required: ['initWorkers', 'maxWorkers', 'minWorkers'],
};

/** `spark.apache.org/v1` SparkCluster. */
export const apacheClusterSchema: Schema = kindSchema(
  'SparkCluster',
  {
    spec: {
      ...struct('ClusterSpec', {
        clusterTolerations: { ...struct('ClusterTolerations', { instanceConfig: instances }), required: ['instanceConfig'] },
        masterSpec: open('Services and pods of the master.'),
        runtimeVersions: versions,
        sparkConf: pairs('Spark properties.'),
        workerSpec: open('Services and pods of the workers.'),
      }),
      required: ['clusterTolerations', 'runtimeVersions'],
    },
    status,
  },
  'A standalone Spark cluster.',
);

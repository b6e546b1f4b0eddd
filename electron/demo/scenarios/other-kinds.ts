import { apacheApplications, radanalyticsApplications, scheduledSparkApplications } from '../api/kinds.ts';
import { objectOf } from '../json.ts';
import { sparkSubmit } from '../spark/submit.ts';
import type { Scenario } from './scenario.ts';
import { sparkApplication } from './spark-application.ts';

const scheduled: Scenario = {
  id: 'scheduled',
  title: 'On a schedule',
  what: 'A run every two minutes, the newest two kept; a run that is still going lets the next one wait.',
  namespace: 'analytics',
  async play(stage) {
    const { world, namespace } = stage;
    const name = stage.freeName('every-two-minutes');
    world.create(scheduledSparkApplications, {
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'ScheduledSparkApplication',
      metadata: { name, namespace },
      spec: {
        schedule: '@every 2m',
        concurrencyPolicy: 'Forbid',
        successfulRunHistoryLimit: 2,
        failedRunHistoryLimit: 2,
        template: objectOf(sparkApplication(namespace, name, ['pi', '10']).spec),
      },
    });
    return { created: [], told: `Created the schedule ${name} in ${namespace}; its first run begins within two minutes.` };
  },
};

const apache: Scenario = {
  id: 'apache-operator',
  title: 'Apache’s operator',
  what: 'A SparkApplication of spark.apache.org with that operator’s own states, done in about 20 seconds.',
  namespace: 'default',
  async play(stage) {
    const { world, namespace } = stage;
    const name = stage.freeName('apache-pi');
    world.create(apacheApplications, {
      apiVersion: 'spark.apache.org/v1',
      kind: 'SparkApplication',
      metadata: { name, namespace },
      spec: {
        mainClass: 'jobs.Job',
        jars: 'local:///opt/spark/jobs/jobs.jar',
        driverArgs: ['pi', '10'],
        sparkConf: {
          'spark.executor.instances': '2',
          'spark.kubernetes.driver.request.cores': '500m',
          'spark.kubernetes.executor.request.cores': '500m',
          'spark.kubernetes.container.image': 'spark:4.0.0',
          'spark.kubernetes.authenticate.driver.serviceAccountName': 'spark',
        },
        runtimeVersions: { sparkVersion: '4.0.0' },
      },
    });
    return { created: [{ operator: 'apache', namespace, name }], told: `Created ${name} in ${namespace}.` };
  },
};

const radanalytics: Scenario = {
  id: 'radanalytics-operator',
  title: 'radanalytics’ operator',
  what: 'A SparkApplication of radanalytics.io, which hands the work to a submitter pod of its own.',
  namespace: 'default',
  async play(stage) {
    const { world, namespace } = stage;
    const name = stage.freeName('radanalytics-pi');
    world.create(radanalyticsApplications, {
      apiVersion: 'radanalytics.io/v1',
      kind: 'SparkApplication',
      metadata: { name, namespace },
      spec: {
        mainClass: 'jobs.Job',
        mainApplicationFile: 'local:///opt/spark/jobs/jobs.jar',
        arguments: ['pi', '10'],
        image: 'spark:3.5.7',
        driver: { cores: 1, memory: '512m', serviceAccount: 'spark' },
        executor: { instances: 2, cores: 1, memory: '512m' },
      },
    });
    return { created: [{ operator: 'radanalytics', namespace, name }], told: `Created ${name} in ${namespace}.` };
  },
};

const plainSubmit: Scenario = {
  id: 'plain-spark-submit',
  title: 'Plain spark-submit',
  what: 'A driver that somebody started with spark-submit: no operator, no custom resource, only pods.',
  namespace: 'default',
  async play(stage) {
    const { world, namespace } = stage;
    const name = stage.freeName('adhoc-query');
    const conf: Record<string, string> = {
      'spark.kubernetes.namespace': namespace,
      'spark.kubernetes.container.image': 'spark:3.5.7',
      'spark.kubernetes.authenticate.driver.serviceAccountName': 'spark',
      'spark.executor.instances': '2',
      'spark.kubernetes.driver.request.cores': '500m',
      'spark.kubernetes.executor.request.cores': '500m',
    };
    await sparkSubmit(
      world,
      [
        ...['--master', 'k8s://https://kubernetes.default.svc', '--deploy-mode', 'cluster'],
        ...['--name', name, '--class', 'jobs.Job'],
        ...Object.entries(conf).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
        ...['local:///opt/spark/jobs/jobs.jar', 'slow', '60'],
      ],
      { user: 'admin' },
    );
    return { created: [{ operator: 'spark-submit', namespace, name }], told: `Submitted ${name} in ${namespace}.` };
  },
};

/** Spark without the Kubeflow operator's SparkApplication. */
export const otherKindScenarios: Scenario[] = [scheduled, apache, radanalytics, plainSubmit];

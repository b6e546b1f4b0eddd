import { nodes, scheduledSparkApplications } from '../api/kinds.ts';
import { nameOf, objectOf } from '../json.ts';
import type { World } from '../world.ts';
import { leavePastRun, type PastRun } from './past-runs.ts';
import type { Stage } from './scenario.ts';
import { sparkApplication, submitApplication } from './spark-application.ts';

const trace = [
  '26/01/31 03:00:21 INFO SparkContext: Running Spark version 3.5.7',
  'Exception in thread "main" java.lang.IllegalStateException: no exchange rate for 2026-01-31 in rates.parquet',
  '\tat com.example.revenue.Rates.of(Rates.scala:48)',
  '\tat com.example.revenue.Report$.main(Report.scala:31)',
  '\tat com.example.revenue.Report.main(Report.scala)',
  '26/01/31 03:00:40 INFO ShutdownHookManager: Shutdown hook called',
];
const well = [
  '26/01/31 03:00:20 INFO SparkContext: Running Spark version 3.5.7',
  '26/01/31 03:02:41 INFO SparkContext: Successfully stopped SparkContext',
  '26/01/31 03:02:41 INFO ShutdownHookManager: Shutdown hook called',
];

const past: PastRun[] = [
  { name: 'orders-daily', namespace: 'default', submitted: 135, took: 214, executors: 4, exitCode: 0, log: well },
  { name: 'customers-snapshot', namespace: 'default', submitted: 96, took: 148, executors: 2, exitCode: 0, log: well },
  { name: 'revenue-report', namespace: 'default', submitted: 47, took: 38, executors: 2, exitCode: 1, log: trace },
  { name: 'sessions-hourly', namespace: 'analytics', submitted: 71, took: 322, executors: 3, exitCode: 0, log: well },
  { name: 'funnel-weekly', namespace: 'analytics', submitted: 204, took: 1105, executors: 6, exitCode: 0, log: well },
];

/**
 * What a small team's cluster looks like on a working day, so that a newcomer sees something at once: runs that are over, two that
 * go on for half an hour, and a nightly one. Only the past is written down; the rest is created and runs.
 */
export function liveIn(world: World, stageOf: (namespace: string) => Stage): void {
  const machines = world.store.list(nodes, null).map(nameOf);
  past.forEach((run, index) => {
    leavePastRun(world, machines[index % machines.length] ?? '', run);
  });
  submitApplication(stageOf('default'), 'clickstream-etl', ['slow', '1800'], { executor: { instances: 3 } });
  submitApplication(stageOf('analytics'), 'recommendations', ['slow', '2400']);
  world.create(scheduledSparkApplications, {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'ScheduledSparkApplication',
    metadata: { name: 'orders-nightly', namespace: 'default' },
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'UTC',
      concurrencyPolicy: 'Forbid',
      successfulRunHistoryLimit: 3,
      failedRunHistoryLimit: 3,
      template: objectOf(sparkApplication('default', 'orders-nightly', ['pi', '200']).spec),
    },
  });
}

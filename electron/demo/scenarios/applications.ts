import type { Scenario } from './scenario.ts';
import { type ApplicationScenario, ofApplication } from './spark-application.ts';

const table: ApplicationScenario[] = [
  {
    id: 'healthy',
    title: 'All goes well',
    what: 'Two executors, ten tasks, done: the whole life of an application in about 20 seconds.',
    namespace: 'default',
    name: 'daily-report',
    job: ['pi', '10'],
  },
  {
    id: 'slow',
    title: 'A slow job',
    what: 'Works for five minutes with three executors: time for its Spark UI and its logs.',
    namespace: 'analytics',
    name: 'features-rebuild',
    job: ['slow', '300'],
    spec: { executor: { instances: 3 } },
  },
  {
    id: 'unschedulable',
    title: 'No node fits',
    what: 'The driver asks for more CPU than any node has, and stays pending with the scheduler’s reason.',
    namespace: 'analytics',
    name: 'churn-model',
    job: ['pi', '10'],
    spec: { driver: { cores: 64, coreRequest: '64' } },
  },
  {
    id: 'image-pull',
    title: 'The image is not there',
    what: 'No registry answers to the image’s name: ErrImagePull and ImagePullBackOff take turns.',
    namespace: 'default',
    name: 'orders-import',
    job: ['pi', '10'],
    spec: { image: 'registry.invalid/team/orders:1.4.0' },
  },
  {
    id: 'executor-oom',
    title: 'Executors run out of memory',
    what: 'Each executor is OOM-killed and replaced, until Spark gives up: exit code 11 within a minute.',
    namespace: 'analytics',
    name: 'join-clicks',
    job: ['executor-oom'],
    // Without room beside the heap the kernel is faster than Java, which would end by itself with 52.
    spec: { executor: { memoryOverhead: '64m' } },
  },
  {
    id: 'driver-exit-1',
    title: 'Driver exits with 1',
    what: 'The job throws a Java exception; its stack trace is in the driver’s log, within 20 seconds.',
    namespace: 'default',
    name: 'invoices-export',
    job: ['fail'],
  },
  {
    id: 'service-account-missing',
    title: 'Service account is missing',
    what: 'The driver’s service account does not exist: the submission is refused, with the server’s own words.',
    namespace: 'default',
    name: 'billing-sync',
    job: ['pi', '10'],
    spec: { driver: { serviceAccount: 'billing' } },
  },
];

/** Scenarios that are one SparkApplication: what becomes of it stands in its spec. */
export const applicationScenarios: Scenario[] = table.map(ofApplication);

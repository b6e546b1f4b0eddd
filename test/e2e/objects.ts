import type { JsonObject } from '../../electron/demo/cluster.ts';

/** Never runs: the operator only notes that it is suspended. */
export const suspendedApplication = (name: string): JsonObject => ({
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: { name, namespace: 'default' },
  spec: {
    type: 'Scala',
    mode: 'cluster',
    suspend: true,
    image: 'emberdeck.test/spark:3.5.7',
    mainClass: 'jobs.Job',
    mainApplicationFile: 'local:///opt/spark/jobs/jobs.jar',
    sparkVersion: '3.5.7',
    restartPolicy: { type: 'Never' },
    driver: { cores: 1, memory: '512m', serviceAccount: 'spark' },
    executor: { instances: 1, cores: 1, memory: '512m' },
  },
});

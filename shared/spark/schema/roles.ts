import { flag, type JsonSchema, mapOf, object, text, whole } from './json-schema.ts';
import { podFields } from './pod.ts';

/** The driver: the pod that runs the program and creates the executors. */
export const driver: JsonSchema = object(
  'The driver: the one pod that runs your program, plans its work and creates the executors.',
  {
    ...podFields('driver'),
    podName: text(
      'Name of the pod: `spark.kubernetes.driver.pod.name`. Default: `<application>-driver`. Two applications of one name here fail with “driver pod already exist”.',
    ),
    kubernetesMaster: text(
      'Address of the API server that the driver talks to: `spark.kubernetes.driver.master`. Default: `https://kubernetes.default.svc`.',
    ),
    serviceLabels: mapOf('Labels of the driver’s own service: `spark.kubernetes.driver.service.label.*`.'),
    serviceAnnotations: mapOf('Annotations of the driver’s own service: `spark.kubernetes.driver.service.annotation.*`.'),
  },
);

/** The executors: the pods that do the work. */
export const executor: JsonSchema = object('The executors: pods that the driver creates, and that do the work.', {
  ...podFields('executor'),
  instances: whole(
    'How many: `spark.executor.instances`. Default: 1; with `dynamicAllocation` its own numbers hold. Fewer may run when the cluster has no room, and the application still says RUNNING.',
    1,
    { default: 1 },
  ),
  deleteOnTermination: flag(
    'Whether pods of ended executors are deleted: `spark.kubernetes.executor.deleteOnTermination`. Default: true. With false one can still read the logs of an executor that was lost.',
    { default: true },
  ),
});

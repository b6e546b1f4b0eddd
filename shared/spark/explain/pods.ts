import type { Section } from './argument.ts';
import { localDirs } from './local-dirs.ts';
import { annotations, javaOptions } from './monitoring.ts';
import { applicationLabels, driverPodName, operatorLabels, template } from './pod-rows.ts';
import { entries, filled, value } from './row.ts';
import { secretFiles, secretVariables } from './secrets.ts';

/** `driverPodTemplateOption` to `driverVolumeMountsOption` of `submission.go`. */
export const driverSections: readonly Section[] = [
  template('driver'),
  driverPodName,
  operatorLabels('driver'),
  filled(['spec.driver.image', 'spec.image'], 'spark.kubernetes.driver.container.image'),
  value('spec.driver.cores', 'spark.driver.cores'),
  value('spec.driver.coreRequest', 'spark.kubernetes.driver.request.cores'),
  value('spec.driver.coreLimit', 'spark.kubernetes.driver.limit.cores'),
  value('spec.driver.memory', 'spark.driver.memory'),
  value('spec.driver.memoryOverhead', 'spark.driver.memoryOverhead'),
  value('spec.driver.serviceAccount', 'spark.kubernetes.authenticate.driver.serviceAccountName'),
  javaOptions('driver'),
  value('spec.driver.kubernetesMaster', 'spark.kubernetes.driver.master'),
  applicationLabels('driver'),
  entries('spec.driver.labels', 'spark.kubernetes.driver.label.'),
  annotations('driver'),
  entries('spec.driver.serviceLabels', 'spark.kubernetes.driver.service.label.'),
  entries('spec.driver.serviceAnnotations', 'spark.kubernetes.driver.service.annotation.'),
  secretVariables('driver'),
  entries('spec.driver.envVars', 'spark.kubernetes.driverEnv.'),
  secretFiles('driver', 'spark.kubernetes.driverEnv.'),
  localDirs('driver'),
];

/** `executorPodTemplateOption` to `executorVolumeMountsOption` of `submission.go`. */
export const executorSections: readonly Section[] = [
  template('executor'),
  operatorLabels('executor'),
  value('spec.executor.instances', 'spark.executor.instances'),
  filled(['spec.executor.image', 'spec.image'], 'spark.kubernetes.executor.container.image'),
  value('spec.executor.cores', 'spark.executor.cores'),
  value('spec.executor.coreRequest', 'spark.kubernetes.executor.request.cores'),
  value('spec.executor.coreLimit', 'spark.kubernetes.executor.limit.cores'),
  value('spec.executor.memory', 'spark.executor.memory'),
  value('spec.executor.memoryOverhead', 'spark.executor.memoryOverhead'),
  value('spec.executor.serviceAccount', 'spark.kubernetes.authenticate.executor.serviceAccountName'),
  value('spec.executor.deleteOnTermination', 'spark.kubernetes.executor.deleteOnTermination'),
  applicationLabels('executor'),
  entries('spec.executor.labels', 'spark.kubernetes.executor.label.'),
  annotations('executor'),
  secretVariables('executor'),
  javaOptions('executor'),
  entries('spec.executor.envVars', 'spark.executorEnv.'),
  secretFiles('executor', 'spark.executorEnv.'),
  localDirs('executor'),
];

import { field, type JsonRecord, listAt, recordAt } from '../../json.ts';
import { containerOf, type Role } from './role.ts';

/** The file in the operator's own container that one attempt's template is written to. */
export function templateFile(role: Role, submissionId: string): string {
  return `/tmp/spark/${submissionId}/${role}-pod-template.yaml`;
}

/**
 * The pod template that the operator hands to spark-submit for every application: `spec.driver.template` or
 * `spec.executor.template`, or nothing, with the SparkApplication as owner. It controls its driver; executors have the driver
 * for that. Recorded of version 2.5.2; that a template without Spark's container gets one is inferred.
 */
export function podTemplate(application: unknown, role: Role): JsonRecord {
  const template = recordAt(application, 'spec', role, 'template');
  const owner = {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    ...(role === 'driver' ? { blockOwnerDeletion: true, controller: true } : {}),
    kind: 'SparkApplication',
    name: field(application, 'metadata', 'name'),
    uid: field(application, 'metadata', 'uid'),
  };
  const metadata = recordAt(template, 'metadata');
  const owners = [...listAt(metadata, 'ownerReferences'), owner];
  return {
    ...template,
    metadata: { ...metadata, creationTimestamp: null, ownerReferences: owners },
    spec: { ...recordAt(template, 'spec'), ...containersOf(template, role) },
  };
}

function containersOf(template: JsonRecord, role: Role): JsonRecord {
  // Go prints the empty struct of a container that asks for nothing.
  const complete = (container: unknown) => ({ resources: {}, ...recordAt(container) });
  const initial = listAt(template, 'spec', 'initContainers').map(complete);
  const containers = listAt(template, 'spec', 'containers').map(complete);
  const name = containerOf[role];
  const hasSpark = containers.some((container) => field(container, 'name') === name);
  return {
    containers: hasSpark ? containers : [...containers, { name, resources: {} }],
    ...(initial.length === 0 ? {} : { initContainers: initial }),
  };
}

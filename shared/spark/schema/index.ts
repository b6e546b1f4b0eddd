import { sparkApplication } from './application.ts';
import type { JsonSchema } from './json-schema.ts';
import { scheduledSparkApplication } from './scheduled.ts';

export type { JsonSchema } from './json-schema.ts';

/** A kind and its JSON schema (draft 7). */
export interface BuiltInKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: JsonSchema;
}

/**
 * Schemas of the Kubeflow operator's kinds in our own words: for clusters where they are not installed or cannot be asked, and to say
 * in the others what a field does, what it becomes and where it traps. The facts are those of operator 2.5 with its webhook on where a
 * default is named.
 */
export const builtInKinds: readonly BuiltInKind[] = [
  { group: 'sparkoperator.k8s.io', version: 'v1beta2', kind: 'SparkApplication', schema: sparkApplication },
  { group: 'sparkoperator.k8s.io', version: 'v1beta2', kind: 'ScheduledSparkApplication', schema: scheduledSparkApplication },
];

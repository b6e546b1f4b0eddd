import type { Schema } from '../schema.ts';
import { conditions, kindSchema, labelSelector } from './metadata.ts';
import { podTemplate } from './pod.ts';
import { flag, long, open, struct, text, whole } from './terms.ts';

/** `batch/v1` Job. */
export const jobSchema: Schema = kindSchema('Job', {
  spec: struct('JobSpec', {
    activeDeadlineSeconds: long(),
    backoffLimit: whole(),
    backoffLimitPerIndex: whole(),
    completionMode: text(),
    completions: whole(),
    managedBy: text(),
    manualSelector: flag(),
    maxFailedIndexes: whole(),
    parallelism: whole(),
    podFailurePolicy: open(),
    podReplacementPolicy: text(),
    selector: labelSelector,
    successPolicy: open(),
    suspend: flag(),
    template: podTemplate,
    ttlSecondsAfterFinished: whole(),
  }),
  status: struct('JobStatus', {
    active: whole(),
    completedIndexes: text(),
    completionTime: text(),
    conditions,
    failed: whole(),
    failedIndexes: text(),
    ready: whole(),
    startTime: text(),
    succeeded: whole(),
    terminating: whole(),
    uncountedTerminatedPods: open(),
  }),
});

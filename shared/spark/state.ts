import { z } from 'zod';

/** Who looks after the application. `spark-submit` stands for driver pods that no operator owns. */
export const operatorSchema = z.enum(['kubeflow', 'apache', 'radanalytics', 'spark-submit']);
export type Operator = z.infer<typeof operatorSchema>;

/** One set of states for all operators (spark-on-kubernetes.md, section 7). */
export const phaseSchema = z.enum([
  'new',
  'starting',
  'running',
  'degraded',
  'retrying',
  'finishing',
  'succeeded',
  'failed',
  'suspended',
  'unknown',
]);
export type Phase = z.infer<typeof phaseSchema>;

/** A normalised state beside the operator's own word for it. */
export const applicationStateSchema = z.object({
  phase: phaseSchema,
  /** The operator's own state (`SUBMISSION_FAILED`, `RunningHealthy`); empty when it has written none yet. */
  word: z.string(),
  /** One line that says why, when it is known: a waiting reason, an exit code. Hostile text, cut to 300 characters. */
  why: z.string().nullable(),
});
export type ApplicationState = z.infer<typeof applicationStateSchema>;

import { z } from 'zod';
import { phaseSchema } from './state.ts';

/**
 * The state machine of an operator with one application's way through it. Nodes and edges are those of the operator;
 * `visits`, `spent` (milliseconds, the present visit not counted) and `count` are this application's.
 */
export const machineSchema = z.object({
  nodes: z.array(
    z.object({
      /** The operator's own word, `RUNNING`; the empty first state of Kubeflow's is `New`. */
      state: z.string(),
      phase: phaseSchema,
      visits: z.number(),
      spent: z.number(),
    }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
  current: z.string().nullable(),
  /** When the present state was entered, epoch milliseconds. */
  since: z.number().nullable(),
});
export type Machine = z.infer<typeof machineSchema>;

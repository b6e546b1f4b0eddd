import { z } from 'zod';
import { request } from './procedure.ts';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['normal', 'compact']),
  /** Last chosen scope; restored on start. */
  context: z.string().nullable(),
  /** Last namespace of each context; null means all namespaces. */
  namespaces: z.record(z.string(), z.string().nullable()),
  /** Kubeconfig files picked by the user. */
  kubeconfigs: z.array(z.string()),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: request(z.object({}), settingsSchema),
  change: request(settingsSchema.partial(), settingsSchema),
};

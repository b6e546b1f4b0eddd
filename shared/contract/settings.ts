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
  /** The dock below the page: whether it was open, and its height in pixels. */
  dock: z.object({ open: z.boolean(), height: z.number().min(1) }),
  /** The demo cluster: never touched, stopped by the person, or on, under this context. */
  demo: z.discriminatedUnion('state', [
    z.object({ state: z.literal('untouched') }),
    z.object({ state: z.literal('stopped') }),
    z.object({ state: z.literal('on'), context: z.string() }),
  ]),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: request(z.object({}), settingsSchema),
  change: request(settingsSchema.partial(), settingsSchema),
};

import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { applicationRefSchema } from './applications.ts';
import { stream } from './procedure.ts';

/**
 * A way from this machine to the Spark UI of an application's driver. Times are epoch milliseconds.
 *
 * ```
 *  starting ──▶ active ⇄ reconnecting     the address stays: the driver is run again, its port closed, the tunnel died
 *      any ──▶ ended     nothing is awaited any more
 *      any ──▶ failed    the API server refused; opened anew by whoever asks again
 * ```
 */
export const forwardSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('starting'),
    /** What is awaited: a driver pod, its container, or the UI's port in it. */
    for: z.enum(['driver', 'container', 'port']),
    since: z.number(),
    /** Why it takes so long, in Kubernetes' words (`Unschedulable: …`); hostile text. */
    why: z.string().nullable(),
  }),
  z.object({ state: z.literal('active'), url: z.string(), pod: z.string(), port: z.number(), since: z.number() }),
  z.object({
    state: z.literal('reconnecting'),
    /** The driver is gone and run again; its container runs and nobody listens (the SparkContext has ended); nobody answers on the way. */
    reason: z.enum(['driver-gone', 'port-closed', 'tunnel-lost']),
    url: z.string(),
    since: z.number(),
    /** In the words of Kubernetes or the network; hostile text. */
    why: z.string().nullable(),
  }),
  z.object({
    state: z.literal('ended'),
    reason: z.enum(['driver-ended', 'application-deleted', 'ui-disabled']),
    at: z.number(),
    exitCode: z.number().nullable(),
  }),
  z.object({ state: z.literal('failed'), failure: failureSchema, retryAt: z.number().nullable() }),
]);
export type Forward = z.infer<typeof forwardSchema>;

export const forwards = {
  /** Opens the forward (shared by all who ask for the same application) and keeps it while someone follows this stream. */
  sparkUi: stream(applicationRefSchema, forwardSchema),
};

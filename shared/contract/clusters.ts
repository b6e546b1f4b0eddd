import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { freshnessSchema } from './freshness.ts';
import { request, stream } from './procedure.ts';

/**
 * The connection to one cluster, as seen by a small request that is repeated only after a failure or on a sign of trouble.
 *
 * ```
 *  connecting ──▶ connected ◀──▶ unreachable | unauthorised | forbidden   (each retried at `retryAt`)
 * ```
 */
export const connectionSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connecting'), since: z.number() }),
  z.object({ state: z.literal('connected'), since: z.number(), version: z.string() }),
  z.object({ state: z.literal('unreachable'), failure: failureSchema, retryAt: z.number() }),
  z.object({ state: z.literal('unauthorised'), failure: failureSchema, retryAt: z.number() }),
  z.object({ state: z.literal('forbidden'), failure: failureSchema, retryAt: z.number() }),
]);

/** See {@link connectionSchema}. */
export type Connection = z.infer<typeof connectionSchema>;

const contextInput = z.object({ context: z.string() });

export const clusters = {
  /** Health of the connection, from the moment someone asks; nobody asking means no connection. */
  connection: stream(contextInput, connectionSchema),
  /** Tries now instead of at `retryAt`. */
  retry: request(contextInput, z.object({})),
  /** Names of the namespaces, kept current. When listing them is forbidden: the context's own one, and `freshness` says why. */
  namespaces: stream(contextInput, z.object({ names: z.array(z.string()), freshness: freshnessSchema })),
};

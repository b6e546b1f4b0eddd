import { z } from 'zod';
import { failureSchema } from '../failure.ts';

/**
 * How far the data on screen can be trusted. Times are epoch milliseconds.
 *
 * ```
 *            first list done              connection lost
 *  loading ──────────────────▶ live ──────────────────────▶ stale
 *     │                         ▲                             │
 *     │ refused (401, 403, 404) └──────── caught up ──────────┘
 *     ▼
 *  refused ── retried slowly, goes to `loading` when the reason is gone
 *
 *  A first list that gets no answer goes from `loading` to `stale`, since the beginning.
 * ```
 */
export const freshnessSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('loading'), received: z.number() }),
  z.object({ state: z.literal('live') }),
  z.object({ state: z.literal('stale'), since: z.number(), retryAt: z.number().nullable(), failure: failureSchema }),
  z.object({ state: z.literal('refused'), failure: failureSchema }),
]);

/** See {@link freshnessSchema}. */
export type Freshness = z.infer<typeof freshnessSchema>;

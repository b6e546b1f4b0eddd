import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { applicationRefSchema } from './applications.ts';
import { request, stream } from './procedure.ts';

/**
 * The demo cluster inside the product. Times are epoch milliseconds.
 *
 * ```
 *           start                ready
 *  off ──────────────▶ starting ───────▶ running
 *   ▲                   ▲    │             │
 *   │ stop              │    ▼  its end    │
 *   └─────────────────  failed ◀───────────┘     stop leads to off from everywhere
 * ```
 */
export const demoSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('starting'), since: z.number() }),
  /** `context` may do everything, `viewer` only look; both are names as the kubeconfigs have them now. */
  z.object({ state: z.literal('running'), since: z.number(), context: z.string(), viewer: z.string() }),
  /** `contexts` are those it had, for windows that still show them. */
  z.object({ state: z.literal('failed'), failure: failureSchema, contexts: z.array(z.string()) }),
]);

/** See {@link demoSchema}. */
export type Demo = z.infer<typeof demoSchema>;

/** Something that can be played on the demo cluster. */
const playableSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** One sentence: what it shows, and how long it takes. */
  what: z.string(),
});
export type Playable = z.infer<typeof playableSchema>;

/** What a scenario made: applications that a window can open, of this context; empty when it made something else. */
const playedSchema = z.object({ created: z.array(applicationRefSchema), told: z.string() });
export type Played = z.infer<typeof playedSchema>;

const started = z.object({ context: z.string() });

export const demo = {
  /** What the demo cluster is doing. */
  watch: stream(z.object({}), demoSchema),
  /** Starts it unless it runs; answers when its contexts are there. Fails with `demo-ended`. */
  start: request(z.object({}), started),
  /** Ends it. Its contexts go, and everything in it. */
  stop: request(z.object({}), z.object({})),
  /** What can be played and what can be broken. Fails with `demo-ended` when it does not run. */
  playables: request(z.object({}), z.object({ scenarios: z.array(playableSchema), breakages: z.array(playableSchema) })),
  /** Plays a scenario, in `namespace` or in the one it is made for. */
  play: request(z.object({ scenario: z.string(), namespace: z.string().nullable() }), playedSchema),
  /** Breaks something; answers with a sentence that says what is broken now. */
  break: request(z.object({ breakage: z.string() }), z.object({ told: z.string() })),
};

import { z } from 'zod';
import { request, stream } from './procedure.ts';

export const draftSchema = z.object({
  id: z.string().regex(/^[0-9a-z-]{1,64}$/),
  /** Shown in the list: the first `metadata.name` in the text, or "untitled". */
  title: z.string(),
  context: z.string().nullable(),
  namespace: z.string().nullable(),
  text: z.string(),
  /** Epoch milliseconds. */
  savedAt: z.number(),
});
export type Draft = z.infer<typeof draftSchema>;

/** Drafts are files of the user's, written on every pause in typing; they outlive the window and a crash. */
export const drafts = {
  watch: stream(z.object({}), z.array(draftSchema)),
  save: request(draftSchema.omit({ savedAt: true }), z.object({ savedAt: z.number() })),
  remove: request(z.object({ id: draftSchema.shape.id }), z.object({})),
};

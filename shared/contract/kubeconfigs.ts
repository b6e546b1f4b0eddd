import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { request, stream } from './procedure.ts';

/** One context as a person chooses it. Nothing of the credentials but the user's name. */
export const contextSchema = z.object({
  name: z.string(),
  cluster: z.string(),
  user: z.string(),
  /** Namespace written in the context; null when none is. */
  namespace: z.string().nullable(),
  server: z.string().nullable(),
  /** File in which the context stands. */
  file: z.string(),
  /** Why the context cannot be used (its cluster or user is missing, say); null when it can. */
  failure: failureSchema.nullable(),
});

const fileSchema = z.object({
  /** Where it stands; a few words for the demo cluster's, which is in no file. */
  path: z.string(),
  /** Where the file was named: `$KUBECONFIG`, the default place, or picked by the user; `demo`: by the demo cluster while it runs. */
  origin: z.enum(['environment', 'default', 'picked', 'demo']),
  failure: failureSchema.nullable(),
});

export const kubeconfigsSchema = z.object({
  files: z.array(fileSchema),
  contexts: z.array(contextSchema),
  currentContext: z.string().nullable(),
});

export type Context = z.infer<typeof contextSchema>;
export type KubeconfigFile = z.infer<typeof fileSchema>;
export type Kubeconfigs = z.infer<typeof kubeconfigsSchema>;

export const kubeconfigs = {
  /** All kubeconfig files and the contexts they make together; again within a second of an edit. */
  watch: stream(z.object({}), kubeconfigsSchema),
  /** Adds a file the user picked. It is remembered. Fails with `kubeconfig-missing`. */
  add: request(z.object({ path: z.string() }), z.object({})),
  /** Forgets a picked file. */
  remove: request(z.object({ path: z.string() }), z.object({})),
};

import { z } from 'zod';

/**
 * Everything that can go wrong and that a person is told about, as data with a stable code.
 * The union is closed: a new failure is a new member here and a new sentence in `describe.ts`.
 * Times are epoch milliseconds, sizes are bytes.
 */
export const failureSchema = z.discriminatedUnion('code', [
  // Kubeconfig files
  z.object({ code: z.literal('kubeconfig-missing'), path: z.string() }),
  z.object({
    code: z.literal('kubeconfig-invalid'),
    path: z.string(),
    line: z.number().nullable(),
    column: z.number().nullable(),
    message: z.string(),
  }),
  z.object({ code: z.literal('context-unknown'), context: z.string() }),
  z.object({ code: z.literal('context-incomplete'), context: z.string(), missing: z.string() }),
  // Credentials
  z.object({ code: z.literal('credential-file'), path: z.string(), message: z.string() }),
  z.object({ code: z.literal('certificate-expired'), user: z.string(), expiredAt: z.number() }),
  z.object({ code: z.literal('plugin-absent'), binary: z.string(), installHint: z.string().nullable() }),
  z.object({
    code: z.literal('plugin-failed'),
    binary: z.string(),
    exitCode: z.number().nullable(),
    lastLine: z.string(),
  }),
  z.object({ code: z.literal('plugin-hung'), binary: z.string(), seconds: z.number(), lastLine: z.string() }),
  z.object({ code: z.literal('plugin-rubbish'), binary: z.string(), lastLine: z.string(), message: z.string() }),
  // The way to the API server
  z.object({ code: z.literal('unreachable'), server: z.string(), reason: z.string() }),
  z.object({ code: z.literal('no-answer'), server: z.string(), seconds: z.number() }),
  z.object({ code: z.literal('untrusted'), server: z.string(), reason: z.string() }),
  // Its answers
  z.object({ code: z.literal('unauthorised'), server: z.string(), message: z.string() }),
  z.object({
    code: z.literal('forbidden'),
    verb: z.string(),
    resource: z.string(),
    group: z.string(),
    namespace: z.string().nullable(),
    user: z.string().nullable(),
    message: z.string(),
  }),
  z.object({ code: z.literal('kind-absent'), group: z.string(), kind: z.string() }),
  z.object({ code: z.literal('not-found'), kind: z.string(), namespace: z.string().nullable(), name: z.string() }),
  z.object({ code: z.literal('name-taken'), kind: z.string(), namespace: z.string().nullable(), name: z.string() }),
  z.object({ code: z.literal('conflict'), kind: z.string(), name: z.string(), message: z.string() }),
  z.object({
    code: z.literal('invalid'),
    message: z.string(),
    causes: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
  z.object({ code: z.literal('too-many-requests'), retryAfterSeconds: z.number().nullable() }),
  z.object({ code: z.literal('server-error'), status: z.number(), message: z.string() }),
  // What the user typed
  z.object({ code: z.literal('yaml'), line: z.number(), column: z.number(), message: z.string() }),
  z.object({ code: z.literal('wrong-kind'), found: z.string(), line: z.number() }),
  z.object({ code: z.literal('empty') }),
  z.object({ code: z.literal('too-large'), bytes: z.number(), limit: z.number() }),
  // Ourselves
  z.object({ code: z.literal('backend-lost') }),
  z.object({ code: z.literal('demo-ended'), message: z.string() }),
  z.object({ code: z.literal('storage'), path: z.string(), message: z.string() }),
  z.object({ code: z.literal('internal'), message: z.string() }),
]);

/** One failure; see {@link failureSchema}. */
export type Failure = z.infer<typeof failureSchema>;

/** A failure on its way up inside one process. It is turned into data once, at the edge (`electron/router.ts`). */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.code, options as ErrorOptions | undefined);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** The failure inside `error`, or an `internal` one that carries its message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { operatorSchema } from '../spark/state.ts';
import { request } from './procedure.ts';

/** A place in the text, from 1; `endLine` and `endColumn` are exclusive at the column. */
export const problemSchema = z.object({
  /** Which document of the text, from 0. */
  document: z.number(),
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  /** The field's path as the server names it, `spec.driver.cores`; empty for the whole document. */
  field: z.string(),
  failure: failureSchema,
});
export type Problem = z.infer<typeof problemSchema>;

const submittedSchema = z.object({
  operator: operatorSchema.nullable(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

export const submissionResultSchema = z.discriminatedUnion('result', [
  /** Every document would be (check) or was (submit) accepted. `created` tells new objects from changed ones. */
  z.object({ result: z.literal('accepted'), objects: z.array(submittedSchema), warnings: z.array(z.string()) }),
  /** Nothing was created, unless `created` says so: the dry run passed and a later create was refused all the same. */
  z.object({ result: z.literal('refused'), problems: z.array(problemSchema), created: z.array(submittedSchema) }),
]);
export type SubmissionResult = z.infer<typeof submissionResultSchema>;

const input = z.object({
  context: z.string(),
  /** For documents that name none. */
  namespace: z.string(),
  text: z.string(),
});

/** JSON schema (draft 7) of one kind, as the editor takes it. */
const kindSchema = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  /** From the connected cluster's `/openapi/v3`, or our own where the kind is not installed. */
  source: z.enum(['cluster', 'built-in']),
  schema: z.record(z.string(), z.unknown()),
});
export type KindSchema = z.infer<typeof kindSchema>;

export const submissions = {
  /** Schemas of the Spark kinds for the editor. Falls back to the built-in one when the cluster does not answer; never fails for that. */
  schemas: request(z.object({ context: z.string().nullable() }), z.object({ kinds: z.array(kindSchema) })),
  /** Reads the text and asks the server for a dry run of every document. Nothing is created. */
  check: request(input, submissionResultSchema),
  /** `check`, and when all documents pass, server-side apply of each with the field manager `emberdeck`. An existing object is never taken over: that is `name-taken`. */
  submit: request(input, submissionResultSchema),
};

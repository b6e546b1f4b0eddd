import type { Problem, SubmissionResult } from '../../../shared/contract/submissions.ts';
import { FailureError, failureOf } from '../../../shared/failure.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { type PlannedObject, planSubmission } from './plan.ts';
import { problemsOf } from './refusal.ts';

/** A text to be checked or submitted; `namespace` is for documents that name none. */
export interface Submission {
  context: string;
  namespace: string;
  text: string;
}

/** The name under which everything is applied: it stands in `managedFields` and tells who wrote a field. */
const fieldManager = 'emberdeck';

/** How many dry runs are asked for at a time. */
const parallel = 4;

/**
 * Checking and submitting of YAML. `clusterOf` gives the API server of a context or throws `FailureError`.
 *
 * Both answer with the problems found in the text, each at its line; they throw only when the server cannot be asked at all. A submit
 * creates nothing unless the dry run of every document passed. Once it has begun to create, `signal` is not looked at any more.
 */
export function createSubmissions(world: { clusterOf(context: string): Cluster | Promise<Cluster> }) {
  async function dryRun(submission: Submission, signal?: AbortSignal) {
    const { objects, problems } = planSubmission(submission.text, submission.namespace);
    const warnings: string[] = [];
    if (problems.length > 0) return { refused: inOrder(problems), cluster: null, objects, warnings };
    const cluster = await world.clusterOf(submission.context);
    for (let at = 0; at < objects.length; at += parallel) {
      const answers = await Promise.all(
        objects.slice(at, at + parallel).map((object) => apply(cluster, object, { dryRun: true, ...(signal && { signal }) })),
      );
      for (const answer of answers) {
        problems.push(...answer.problems);
        warnings.push(...answer.warnings);
      }
    }
    return { refused: problems.length > 0 ? inOrder(problems) : null, cluster, objects, warnings };
  }

  return {
    /** Asks the server for a dry run of every document. */
    async check(submission: Submission, signal?: AbortSignal): Promise<SubmissionResult> {
      const { refused, objects, warnings } = await dryRun(submission, signal);
      if (refused !== null) return { result: 'refused', problems: refused, created: [] };
      return { result: 'accepted', objects: objects.map(submitted), warnings: [...new Set(warnings)] };
    },

    /** A check, then the creation of every document in the order of the text; stops at the first that is refused all the same. */
    async submit(submission: Submission, signal?: AbortSignal): Promise<SubmissionResult> {
      const { refused, cluster, objects, warnings } = await dryRun(submission, signal);
      if (refused !== null || cluster === null) return { result: 'refused', problems: refused ?? [], created: [] };
      signal?.throwIfAborted();
      const created: PlannedObject[] = [];
      for (const object of objects) {
        const answer = await apply(cluster, object, { dryRun: false, partly: created.length > 0 });
        if (answer.problems.length > 0) {
          return { result: 'refused', problems: answer.problems, created: created.map(submitted) };
        }
        warnings.push(...answer.warnings);
        created.push(object);
      }
      return { result: 'accepted', objects: created.map(submitted), warnings: [...new Set(warnings)] };
    },
  };
}

/**
 * Server-side apply that only ever creates. An apply would take over an object that exists; a look before it would leave a gap in which
 * one can appear. `metadata.resourceVersion: "1"` closes it in the server: no object has that version (etcd's first write has it, and
 * that is never an API object), so an object that exists answers 409, while a new one is created and the field ignored. Seen so on
 * Kubernetes 1.34 for custom and built-in kinds, in dry runs and in earnest.
 */
async function apply(
  cluster: Cluster,
  object: PlannedObject,
  how: { dryRun: boolean; partly?: boolean; signal?: AbortSignal },
): Promise<{ problems: Problem[]; warnings: string[] }> {
  const { metadata } = object.body;
  try {
    const answer = await cluster.request({
      method: 'PATCH',
      path: object.path,
      query: { fieldManager, fieldValidation: 'Strict', dryRun: how.dryRun ? 'All' : undefined },
      contentType: 'application/apply-patch+yaml',
      // JSON is YAML: the server reads the very values that were read here, and the keys' order is kept.
      body: JSON.stringify({ ...object.body, metadata: { ...asRecord(metadata), resourceVersion: '1' } }),
      // Admission webhooks may take up to 30 s each.
      timeoutMilliseconds: 35_000,
      ...(how.signal && { signal: how.signal }),
    });
    return { problems: [], warnings: answer.warnings };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const problems = problemsOf(failureOf(error), object);
    if (problems !== null) return { problems, warnings: [] };
    if (how.partly !== true) throw error;
    // Something was created already: that must be told, so this failure stands beside it instead of alone.
    const { line, column, endLine, endColumn } = object.document.range;
    const problem = { document: object.document.index, line, column, endLine, endColumn, field: '', failure: error.failure };
    return { problems: [problem], warnings: [] };
  }
}

function submitted({ kind, namespace, name }: PlannedObject) {
  return { operator: kind.operator, kind: kind.kind, namespace, name };
}

function inOrder(problems: Problem[]): Problem[] {
  return [...problems].sort((one, other) => one.line - other.line || one.column - other.column);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

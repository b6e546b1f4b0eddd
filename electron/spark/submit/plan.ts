import type { Problem } from '../../../shared/contract/submissions.ts';
import type { Failure } from '../../../shared/failure.ts';
import { headOf, locate } from '../../../shared/yaml/locate.ts';
import { readDocuments, type SourceDocument } from '../../../shared/yaml/read.ts';
import { groupVersionOf, type SubmittableKind, submittableKinds } from './kinds.ts';

/** One object to create: what is sent, where to, and the text it came from. */
export interface PlannedObject {
  readonly kind: SubmittableKind;
  readonly namespace: string;
  readonly name: string;
  /** Path of the object at the API server, its parts encoded. */
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly document: SourceDocument;
}

/**
 * Reads `text` into the objects to create, or says what is wrong with it without asking any server: YAML that cannot be read, kinds
 * that do not belong here, names that no server takes, and the same object twice. `namespace` is for documents that name none.
 */
export function planSubmission(text: string, namespace: string): { objects: PlannedObject[]; problems: Problem[] } {
  const read = readDocuments(text);
  const problems: Problem[] = read.problems.map(({ document, range, failure }) => ({ document, ...range, field: '', failure }));
  if (read.documents.length === 0 && problems.length === 0) {
    problems.push({ document: 0, line: 1, column: 1, endLine: 1, endColumn: 2, field: '', failure: { code: 'empty' } });
  }
  const objects: PlannedObject[] = [];
  for (const document of read.documents) {
    const result = planDocument(document, namespace);
    if ('failure' in result) problems.push(problemAt(document, result.field, result.failure));
    else if (objects.some((other) => other.path === result.path)) {
      const failure: Failure = { code: 'name-taken', kind: result.kind.kind, namespace: result.namespace, name: result.name };
      problems.push(problemAt(document, 'metadata.name', failure));
    } else objects.push(result);
  }
  return { objects, problems };
}

/** A problem at `field` of the document, or at its `kind:` line when `field` is empty. */
export function problemAt(document: SourceDocument, field: string, failure: Failure): Problem {
  const range = field === '' ? headOf(document) : locate(document, field).range;
  return { document: document.index, ...range, field, failure };
}

function planDocument(document: SourceDocument, fallback: string): PlannedObject | { field: string; failure: Failure } {
  const { apiVersion, kind: kindName, metadata } = document.value;
  const { group, version } = groupVersionOf(text(apiVersion));
  const kind = submittableKinds.find((known) => known.group === group && known.kind === kindName);
  if (kind === undefined || version === '') {
    const found = [text(apiVersion), text(kindName)].filter((part) => part !== '').join(' ');
    return { field: '', failure: { code: 'wrong-kind', found, line: headOf(document).line } };
  }
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  // A name becomes part of a path: only what a server would take may get there.
  if (!isSubdomain(name)) return { field: 'metadata.name', failure: nameFailure('metadata.name', name, subdomainWords) };
  const place = namespace ?? fallback;
  if (!isLabel(place)) return { field: 'metadata.namespace', failure: nameFailure('metadata.namespace', place, labelWords) };
  const root = group === '' ? `/api/${encodeURIComponent(version)}` : `/apis/${group}/${encodeURIComponent(version)}`;
  return {
    kind,
    namespace: place,
    name,
    path: `${root}/namespaces/${place}/${kind.plural}/${name}`,
    body: { ...document.value, metadata: { ...(isRecord(metadata) ? metadata : {}), namespace: place } },
    document,
  };
}

// The API server's own words (apimachinery, util/validation), as it never gets to say them.
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const labelWords =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

function isSubdomain(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.length <= 253 &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)
  );
}

function isLabel(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

function nameFailure(field: string, found: unknown, words: string): Failure {
  const missing = found === undefined || found === null || found === '';
  const message = missing ? 'Required value' : `Invalid value: ${JSON.stringify(found)}: ${words}`;
  return { code: 'invalid', message: `${field}: ${message}`, causes: [{ field, message }] };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

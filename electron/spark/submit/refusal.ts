import type { Problem } from '../../../shared/contract/submissions.ts';
import type { Failure } from '../../../shared/failure.ts';
import { type PlannedObject, problemAt } from './plan.ts';

/**
 * What the server had against one object, each word at its line. Null when the failure is not about the object (no connection, no
 * login): then asking for another one would not help either.
 */
export function problemsOf(failure: Failure, object: PlannedObject): Problem[] | null {
  const at = (field: string, what: Failure) => problemAt(object.document, field, what);
  const { kind, namespace, name } = object;
  switch (failure.code) {
    case 'invalid':
      return causesOf(failure.message, failure.causes).map((cause) => at(cause.field, refusedField(cause)));
    case 'server-error': {
      const causes = causesOf(failure.message, []);
      if (causes.every((cause) => cause.field === '')) return [at('', failure)];
      return causes.map((cause) => at(cause.field, refusedField(cause)));
    }
    case 'forbidden':
      // Quotas and admission webhooks answer 403 too; only a missing right is worded like this (apiserver, authorization).
      if (/ cannot \w+ resource /.test(failure.message)) return [at('', failure)];
      return [at('', { code: 'invalid', message: failure.message, causes: [] })];
    case 'conflict':
      // Copied from an object that is no more: "uid mismatch: the provided object specified uid …".
      if (/uid mismatch/.test(failure.message))
        return [at('metadata.uid', { code: 'invalid', message: failure.message, causes: [] })];
      return [at('metadata.name', { code: 'name-taken', kind: kind.kind, namespace, name })];
    case 'name-taken':
      return [at('metadata.name', { code: 'name-taken', kind: kind.kind, namespace, name })];
    case 'not-found':
      if (/namespaces?$/i.test(failure.kind)) return [at('metadata.namespace', { ...failure, kind: 'Namespace' })];
      return [at('', { code: 'kind-absent', group: kind.group, kind: kind.kind })];
    case 'too-large':
      return [at('', failure)];
    case 'kind-absent':
      return [at('', { code: 'kind-absent', group: kind.group, kind: kind.kind })];
    default:
      return null;
  }
}

interface Cause {
  field: string;
  message: string;
}

function refusedField(cause: Cause): Failure {
  return { code: 'invalid', message: cause.message, causes: cause.field === '' ? [] : [cause] };
}

/**
 * The single fields an answer speaks of. Validation lists them as causes; server-side apply writes them into one sentence with
 * status 500 (structured-merge-diff, `failed to create typed patch object (…): errors:\n  .spec.a: …`), and strict decoding into
 * another (`strict decoding error: unknown field "spec.foo", …`).
 */
export function causesOf(message: string, causes: readonly Cause[]): Cause[] {
  const typed = /^failed to create typed patch object \(.*?\): (?:errors:\n)?([\s\S]*)$/.exec(message);
  if (typed !== null) {
    return unique(
      (typed[1] ?? '').split('\n').map((line) => {
        const words = /^\s*\.(\S+): (.*)$/.exec(line);
        return { field: words?.[1] ?? '', message: withoutGo(words?.[2] ?? line.trim()) };
      }),
    );
  }
  if (causes.length > 0) {
    return unique(causes.map((cause) => ({ field: cause.field.replace(/^\./, ''), message: cause.message })));
  }
  const strict = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)];
  if (strict.length > 0) return unique(strict.map((match) => ({ field: match[2] ?? '', message: `${match[1]} field` })));
  return [{ field: '', message }];
}

/** `got &value.valueUnstructured{Value:4040}` is how the server prints "got 4040". */
function withoutGo(message: string): string {
  return message
    .replace(/&value\.valueUnstructured\{Value:(.*)\}$/, '$1')
    .replace(/(map\[string\]|\[\])interface ?\{\}/, (_, type) => (type === '[]' ? 'a list: ' : 'a map: '));
}

/** The API server repeats a cause now and then. */
function unique(causes: Cause[]): Cause[] {
  return causes.filter(
    (cause, at) => causes.findIndex((other) => other.field === cause.field && other.message === cause.message) === at,
  );
}

import { z } from 'zod';
import type { Failure } from '../../shared/failure.ts';
import type { ApiTarget } from './api-path.ts';

/** `metav1.Status`, as far as it is used. Everything is optional: proxies and old servers leave things out. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().catch(''),
  reason: z.string().catch(''),
  details: z
    .object({
      name: z.string().catch(''),
      group: z.string().catch(''),
      kind: z.string().catch(''),
      retryAfterSeconds: z.number().nullable().catch(null),
      causes: z
        .array(z.object({ reason: z.string().catch(''), field: z.string().catch(''), message: z.string().catch('') }))
        .catch([]),
    })
    .catch({ name: '', group: '', kind: '', retryAfterSeconds: null, causes: [] }),
});

/** A refused request: the answer's status, its `Retry-After`, its body (parsed JSON, or the text) and what was asked. */
export interface Refusal {
  status: number;
  retryAfter: string | undefined;
  body: unknown;
  target: ApiTarget;
  server: string;
  /** Bytes that were sent. */
  sentBytes: number;
}

const LONGEST_TEXT = 2_000;

/** What the server's refusal means. */
export function statusFailure(refusal: Refusal): Failure {
  const { status, body, target, server } = refusal;
  const parsed = statusSchema.safeParse(body);
  const isStatus = parsed.success;
  const said = isStatus ? parsed.data : statusSchema.parse({ kind: 'Status' });
  const text = typeof body === 'string' ? body.trim().slice(0, LONGEST_TEXT) : '';
  const message = said.message !== '' ? said.message : text.startsWith('<') ? '' : text;
  const kind = said.details.kind !== '' ? said.details.kind : target.resource;
  const name = said.details.name !== '' ? said.details.name : (target.name ?? '');

  if (status === 401) return { code: 'unauthorised', server, message };
  if (status === 403) return isPolicy(message) ? invalid(message, said.details.causes) : forbidden(message, target);
  if (status === 404) {
    // "the server could not find the requested resource" and "404 page not found" speak of the kind, not of an object.
    if (said.details.name === '') return { code: 'kind-absent', group: target.group, kind: target.resource };
    return { code: 'not-found', kind, namespace: target.namespace, name };
  }
  if (status === 409 && said.reason === 'AlreadyExists') return { code: 'name-taken', kind, namespace: target.namespace, name };
  if (status === 409) return { code: 'conflict', kind, name, message };
  if (status === 413)
    return { code: 'too-large', bytes: refusal.sentBytes, limit: Number(/limit is (\d+)/.exec(message)?.[1] ?? 3 * 1024 * 1024) };
  if (status === 429) {
    const seconds = refusal.retryAfter === undefined ? said.details.retryAfterSeconds : Number(refusal.retryAfter);
    return { code: 'too-many-requests', retryAfterSeconds: Number.isFinite(seconds) ? seconds : null };
  }
  // Server-side apply reports a manifest it cannot read as a failure of its own (500) in some versions.
  const unreadable = /^failed to (create typed|convert|create manager)|field not declared in schema/.test(message);
  if (isStatus && (status === 422 || status === 400 || unreadable)) return invalid(message, said.details.causes);
  return { code: 'server-error', status, message };
}

/** Admission says 403 too, but no role would help: quotas, pod security, webhooks, a namespace on its way out. */
function isPolicy(message: string): boolean {
  return /exceeded quota|violates PodSecurity|admission webhook|denied the request|is being terminated/.test(message);
}

function invalid(message: string, causes: { field: string; message: string }[]): Failure {
  const told = causes
    .map(({ field, message }) => ({ field, message }))
    .filter(({ field, message }) => field !== '' || message !== '');
  return { code: 'invalid', message, causes: told.length > 0 ? told : fieldsIn(message) };
}

/** Fields that only the sentence names: strict decoding (`unknown field "spec.x"`) and typed patches (`.spec.x: field not declared …`). */
function fieldsIn(message: string): { field: string; message: string }[] {
  const strict = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(([, word = '', field = '']) => ({
    field,
    message: `${word} field`,
  }));
  if (strict.length > 0) return strict;
  return [...message.matchAll(/(?:^|[\s:])\.((?:[\w-]+|\[[^\]]*\]|\.)+): ([^\n]+)/g)].map(([, field = '', reason = '']) => ({
    field,
    message: reason.trim(),
  }));
}

/** The sentence of `k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go`; what it leaves out is read from the path. */
function forbidden(message: string, target: ApiTarget): Failure {
  const user = /User "((?:[^"\\]|\\.)*)" cannot /.exec(message)?.[1] ?? null;
  const resource = /cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)")?/.exec(message);
  const path = /cannot (\S+) path "([^"]*)"/.exec(message);
  const { verb, group, namespace } = target;
  const asked = { code: 'forbidden' as const, verb, resource: target.resource, group, namespace, user, message };
  if (resource !== null)
    return {
      ...asked,
      verb: resource[1] ?? verb,
      resource: resource[2] ?? target.resource,
      group: resource[3] ?? group,
      namespace: resource[4] ?? null,
    };
  if (path !== null) return { ...asked, verb: path[1] ?? verb, resource: path[2] ?? target.resource, group: '', namespace: null };
  return asked;
}

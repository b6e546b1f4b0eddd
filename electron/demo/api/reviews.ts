import { at, type JsonObject, objectOf, parseJson, textOf } from '../json.ts';
import { type Identity, reviewAccess, reviewSelf } from './access.ts';

/** The answer to a POST of a review, which is never stored; null when `path` is none. */
export function review(identity: Identity, path: string, text: string): JsonObject | null {
  if (path === '/apis/authentication.k8s.io/v1/selfsubjectreviews') return reviewSelf(identity);
  if (path !== '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return null;
  const body = objectOf(parseJson(text));
  const asked = objectOf(at(body, 'spec', 'resourceAttributes'));
  const subresource = textOf(asked.subresource);
  return reviewAccess(identity, body, {
    verb: textOf(asked.verb),
    group: textOf(asked.group),
    resource: subresource === '' ? textOf(asked.resource) : `${textOf(asked.resource)}/${subresource}`,
    namespace: textOf(asked.namespace) || null,
    name: textOf(asked.name),
  });
}

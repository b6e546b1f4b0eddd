import { at, isObject, type JsonObject, listOf, objectOf, parseJson, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { authorise, identityOf } from './access.ts';
import type { Kind } from './kinds.ts';
import { type Attributes, decide, grantsOf, type Identity, type PathAttributes } from './rbac.ts';
import { reviewKinds } from './review-kinds.ts';
import { ApiError, badRequest, type Cause } from './status.ts';
import { wrong } from './validation/causes.ts';

/** The answer to a POST of a review, which is never stored; null when `path` is none. Throws 403, 422. */
export function review(world: World, identity: Identity, path: string, text: string): JsonObject | null {
  const [, group = '', namespace = '', plural = ''] = /^\/apis\/([^/]+)\/v1\/(?:namespaces\/([^/]+)\/)?([^/]+)$/.exec(path) ?? [];
  const kind = reviewKinds.find((one) => one.group === group && one.plural === plural);
  if (kind === undefined || kind.namespaced !== (namespace !== '')) return null;
  authorise(world, identity, kind, { verb: 'create', group, resource: plural, namespace: namespace || null, name: '' });
  const body = text === '' ? {} : objectOf(parseJson(text));
  const answer = { kind: kind.kind, apiVersion: `${kind.group}/v1` };
  switch (kind.kind) {
    case 'SelfSubjectReview': {
      const metadata = { creationTimestamp: world.time.text() };
      return { ...answer, metadata, status: { userInfo: { username: identity.user, groups: identity.groups } } };
    }
    case 'SelfSubjectRulesReview':
      return { ...answer, metadata: {}, spec: {}, status: rulesFor(world, identity, body) };
    default: {
      const status = decision(world, kind, identity, body, namespace);
      return { ...answer, metadata: namespace === '' ? {} : { namespace }, spec: body.spec ?? {}, status };
    }
  }
}

function refuse(kind: Kind, cause: Cause): ApiError {
  const details = { group: kind.group, causes: [{ ...cause }] };
  return new ApiError(422, 'Invalid', `.${kind.group} "" is invalid: ${cause.field}: ${cause.message}`, details);
}

function decision(world: World, kind: Kind, self: Identity, body: JsonObject, namespace: string): JsonObject {
  const spec = objectOf(body.spec);
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  if (isObject(resource) && isObject(path)) {
    const shown = { Path: textOf(path.path), Verb: textOf(path.verb) };
    throw refuse(kind, wrong('spec.nonResourceAttributes', shown, 'cannot be specified in combination with resourceAttributes'));
  }
  if (!isObject(resource) && !isObject(path)) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw refuse(kind, wrong('spec.resourceAttributes', null, why));
  }
  if (namespace !== '' && at(resource, 'namespace') !== namespace) {
    const found = textOf(at(resource, 'namespace'));
    throw refuse(kind, wrong('spec.resourceAttributes.namespace', found, 'must match metadata.namespace'));
  }
  const subject = kind.kind === 'SelfSubjectAccessReview' ? self : subjectOf(kind, spec);
  const reason = decide(world.store, subject, isObject(resource) ? attributesOf(resource) : pathOf(objectOf(path)));
  if (reason === null) return { allowed: false };
  return reason === '' ? { allowed: true } : { allowed: true, reason };
}

function subjectOf(kind: Kind, spec: JsonObject): Identity {
  const user = textOf(spec.user);
  const groups = listOf(spec.groups).map(textOf);
  if (user === '' && groups.length === 0) {
    throw refuse(kind, wrong('spec.user', '', 'at least one of user or group must be specified'));
  }
  // The review is about exactly the groups it names.
  return { user, groups: user === '' || groups.length > 0 ? groups : identityOf(user).groups };
}

function attributesOf(asked: JsonObject): Attributes {
  const subresource = textOf(asked.subresource);
  const resource = textOf(asked.resource);
  return {
    verb: textOf(asked.verb),
    group: textOf(asked.group),
    resource: subresource === '' ? resource : `${resource}/${subresource}`,
    namespace: textOf(asked.namespace) || null,
    name: textOf(asked.name),
  };
}

const pathOf = (asked: JsonObject): PathAttributes => ({ verb: textOf(asked.verb), path: textOf(asked.path) });

/** All rules that hold for somebody in a namespace. */
function rulesFor(world: World, identity: Identity, body: JsonObject): JsonObject {
  const namespace = textOf(at(body, 'spec', 'namespace'));
  if (namespace === '') throw badRequest('no namespace on request');
  const rules = grantsOf(world.store, identity, namespace).map(({ rule }) => rule);
  return {
    resourceRules: rules.filter((rule) => rule.nonResourceURLs === undefined),
    nonResourceRules: rules.filter((rule) => rule.nonResourceURLs !== undefined),
    incomplete: false,
  };
}

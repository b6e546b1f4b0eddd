import type { Kind } from './kinds.ts';

const reviewKind = (group: string, name: string, namespaced = false): Kind => ({
  group,
  version: 'v1',
  plural: `${name.toLowerCase()}s`,
  singular: name.toLowerCase(),
  kind: name,
  shortNames: [],
  namespaced,
  status: false,
  custom: false,
  subresources: [],
  selectable: [],
});

/** Kinds that are answered at once and never stored. */
export const reviewKinds: Kind[] = [
  reviewKind('authentication.k8s.io', 'SelfSubjectReview'),
  reviewKind('authorization.k8s.io', 'LocalSubjectAccessReview', true),
  reviewKind('authorization.k8s.io', 'SelfSubjectAccessReview'),
  reviewKind('authorization.k8s.io', 'SelfSubjectRulesReview'),
  reviewKind('authorization.k8s.io', 'SubjectAccessReview'),
];

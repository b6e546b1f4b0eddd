import type { Schema } from '../schema.ts';
import { atomic, flag, keyed, list, long, open, pairs, setOf, struct, text } from './terms.ts';

const ownerReference = atomic(
  struct('OwnerReference', {
    apiVersion: text(),
    blockOwnerDeletion: flag(),
    controller: flag(),
    kind: text(),
    name: text(),
    uid: text(),
  }),
);

/** `metadata` of every object (meta/v1 ObjectMeta). */
export const objectMeta: Schema = struct(
  'ObjectMeta',
  {
    annotations: pairs(),
    creationTimestamp: text(),
    deletionGracePeriodSeconds: long(),
    deletionTimestamp: text(),
    finalizers: setOf(text()),
    generateName: text(),
    generation: long(),
    labels: pairs(),
    managedFields: list(open()),
    name: text(),
    namespace: text(),
    ownerReferences: keyed(ownerReference, 'uid'),
    resourceVersion: text(),
    selfLink: text(),
    uid: text(),
  },
  'Name, namespace, labels and the rest every object has.',
);

/** A whole kind: identity, metadata and what is its own. */
export const kindSchema = (kind: string, properties: Record<string, Schema>, description?: string): Schema =>
  struct(kind, { apiVersion: text('Group and version.'), kind: text('Kind.'), metadata: objectMeta, ...properties }, description);

/** `metav1.Condition` and its older relatives, as lists in a status have them. */
export const conditions: Schema = keyed(
  struct('Condition', {
    lastHeartbeatTime: text(),
    lastProbeTime: text(),
    lastTransitionTime: text(),
    lastUpdateTime: text(),
    message: text(),
    observedGeneration: long(),
    reason: text(),
    status: text(),
    type: text(),
  }),
  'type',
);

/** `metav1.LabelSelector`. */
export const labelSelector: Schema = atomic(
  struct('LabelSelector', {
    matchExpressions: list(struct('LabelSelectorRequirement', { key: text(), operator: text(), values: list(text()) })),
    matchLabels: pairs(),
  }),
);

import type { Schema } from '../schema.ts';
import { kindSchema } from './metadata.ts';
import { atomic, list, open, struct, text, texts } from './terms.ts';

const rules = list(
  struct('PolicyRule', {
    apiGroups: texts(),
    nonResourceURLs: texts(),
    resourceNames: texts(),
    resources: texts(),
    verbs: texts(),
  }),
);

const binding: Record<string, Schema> = {
  roleRef: atomic(struct('RoleRef', { apiGroup: text(), kind: text(), name: text() })),
  subjects: list(atomic(struct('Subject', { apiGroup: text(), kind: text(), name: text(), namespace: text() }))),
};

/** `rbac.authorization.k8s.io/v1`: who may do what. */
export const roleSchema: Schema = kindSchema('Role', { rules });
export const clusterRoleSchema: Schema = kindSchema('ClusterRole', { aggregationRule: open(), rules });
export const roleBindingSchema: Schema = kindSchema('RoleBinding', binding);
export const clusterRoleBindingSchema: Schema = kindSchema('ClusterRoleBinding', binding);

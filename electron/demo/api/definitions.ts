import { type JsonObject, objectOf, parseJson } from '../json.ts';
import { type Kind, qualified } from './kinds.ts';

/** The CustomResourceDefinition of a kind, as the server holds it when it is established. */
export function definitionOf(kind: Kind, time: string): JsonObject {
  const { group, version, plural, singular, shortNames } = kind;
  const names = {
    plural,
    singular,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    kind: kind.kind,
    listKind: `${kind.kind}List`,
  };
  const openAPIV3Schema =
    kind.schema === undefined
      ? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
      : objectOf(parseJson(JSON.stringify(kind.schema)));
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: time,
    reason,
    message,
  });
  return {
    kind: 'CustomResourceDefinition',
    apiVersion: 'apiextensions.k8s.io/v1',
    metadata: { name: qualified(kind), generation: 1 },
    spec: {
      group,
      names,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema },
          ...(kind.status ? { subresources: { status: {} } } : {}),
        },
      ],
      conversion: { strategy: 'None' },
    },
    status: {
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
      ],
      acceptedNames: names,
      storedVersions: [version],
    },
  };
}

import { type JsonObject, listOf, metadataOf, nameOf, objectOf, textOf } from '../../json.ts';
import { clusterRoleBindings, clusterRoles, type Kind, namespaces, roleBindings, roles, services } from '../kinds.ts';
import type { Cause } from '../status.ts';
import { forbidden, required, wrong } from './causes.ts';
import { labelValue, pathSegment, qualifiedName, type Rule, serviceName, subdomain } from './words.ts';

const namespaceName: Rule = (word) => (word.includes('.') ? 'must not contain dots' : subdomain(word));

const nameRules = new Map<Kind, Rule>([
  [namespaces, namespaceName],
  [services, serviceName],
  [roles, pathSegment],
  [roleBindings, pathSegment],
  [clusterRoles, pathSegment],
  [clusterRoleBindings, pathSegment],
]);

const broken = (field: string, word: string, rule: Rule): Cause[] => {
  const sentence = rule(word);
  return sentence === null ? [] : [wrong(field, word, sentence)];
};

/** `labels`, or another map with such keys and values, at `field`. */
export const labelCauses = (field: string, labels: JsonObject): Cause[] =>
  Object.entries(labels).flatMap(([key, value]) => [
    ...broken(field, key, qualifiedName),
    ...broken(field, textOf(value), labelValue),
  ]);

const standardFinalizers = new Set(['kubernetes', 'foregroundDeletion', 'orphan']);

/** What is wrong with the metadata of an object: its name, labels, annotations, owners and finalizers. */
export function metadataCauses(kind: Kind, object: JsonObject): Cause[] {
  const metadata = metadataOf(object);
  const name = nameOf(object);
  const nameCauses =
    name === ''
      ? [required('metadata.name', 'name or generateName is required')]
      : broken('metadata.name', name, nameRules.get(kind) ?? subdomain);
  const annotations = Object.keys(objectOf(metadata.annotations));
  return [
    ...nameCauses,
    ...labelCauses('metadata.labels', objectOf(metadata.labels)),
    ...annotations.flatMap((key) => broken('metadata.annotations', key, qualifiedName)),
    ...ownerCauses(listOf(metadata.ownerReferences).map(objectOf)),
    ...listOf(metadata.finalizers).flatMap((entry, index) => finalizerCauses(`metadata.finalizers[${index}]`, textOf(entry))),
  ];
}

function ownerCauses(owners: JsonObject[]): Cause[] {
  const empty = owners.flatMap((owner) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((field) => textOf(owner[field]) === '')
      .map((field) => wrong(`metadata.ownerReferences.${field}`, '', 'must not be empty')),
  );
  const controllers = owners.filter((owner) => owner.controller === true);
  if (controllers.length < 2) return empty;
  const names = controllers.map((owner) => `"${textOf(owner.name)}"`).join(' and ');
  const rule = 'Only one reference can have Controller set to true.';
  return [...empty, wrong('metadata.ownerReferences', null, `${rule} Found "true" in references for ${names}`)];
}

function finalizerCauses(field: string, finalizer: string): Cause[] {
  const sentence = qualifiedName(finalizer);
  if (sentence !== null) return [wrong(field, finalizer, sentence)];
  if (finalizer.includes('/') || standardFinalizers.has(finalizer)) return [];
  return [wrong(field, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')];
}

/** What of the metadata may not change as it did. */
export function metadataUpdateCauses(live: JsonObject, object: JsonObject): Cause[] {
  const before = metadataOf(live);
  const after = metadataOf(object);
  const fixed = ['uid', 'deletionTimestamp'].flatMap((field) => {
    const value = after[field];
    return value === undefined || value === before[field] ? [] : [wrong(`metadata.${field}`, value, 'field is immutable')];
  });
  if (before.deletionTimestamp === undefined) return fixed;
  const old = listOf(before.finalizers);
  const fresh = listOf(after.finalizers).filter((finalizer) => !old.includes(finalizer));
  if (fresh.length === 0) return fixed;
  const found = `[]string{${fresh.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
  return [...fixed, forbidden('metadata.finalizers', why)];
}

import { type Json, type JsonObject, nameOf, objectOf, textOf } from '../../json.ts';

export const GROUP = 'radanalytics.io';
/** Account of the submitter and of the drivers, which the operator's own manifest makes in the namespace. */
export const ACCOUNT = 'spark-operator';
export const defaultImage = 'quay.io/radanalyticsio/openshift-spark:2.4-latest';

/** The labels of everything that belongs to an object, and by which it is deleted: nothing has an owner. */
export const labelsFor = (object: JsonObject): Record<string, string> => ({
  [`${GROUP}/kind`]: textOf(object.kind),
  [`${GROUP}/${textOf(object.kind)}`]: nameOf(object),
});

/** The entries of a map of labels or variables. */
export const texts = (value: Json | undefined): [string, string][] =>
  Object.entries(objectOf(value)).map(([key, text]) => [key, String(text)]);

import type { Json } from '../json.ts';

/** The part of OpenAPI v3 that Kubernetes publishes and this server works with. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** The name of the type in the server's own words, as it stands in its decoding errors. */
  title?: string;
  description?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema;
  enum?: string[];
  minimum?: number;
  default?: Json;
  'x-kubernetes-preserve-unknown-fields'?: true;
  'x-kubernetes-int-or-string'?: true;
  /** A struct or map that has one owner. */
  'x-kubernetes-map-type'?: 'atomic';
  'x-kubernetes-list-type'?: 'map' | 'set';
  'x-kubernetes-list-map-keys'?: string[];
  /** Key by which a strategic merge patch finds the items of a list. */
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-patch-strategy'?: 'merge';
}

/** The schema of a field, whether it is named or an entry of a map; undefined when nothing is known of it. */
export const fieldSchema = (schema: Schema | undefined, key: string): Schema | undefined =>
  schema?.properties !== undefined && Object.hasOwn(schema.properties, key)
    ? schema.properties[key]
    : schema?.additionalProperties;

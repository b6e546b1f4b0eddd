import type { Schema } from '../schema.ts';

const described = (description: string | undefined): Schema => (description === undefined ? {} : { description });

export const text = (description?: string): Schema => ({ type: 'string', ...described(description) });
export const flag = (description?: string): Schema => ({ type: 'boolean', ...described(description) });
export const whole = (description?: string, minimum?: number): Schema => ({
  type: 'integer',
  format: 'int32',
  ...described(description),
  ...(minimum === undefined ? {} : { minimum }),
});
export const long = (description?: string): Schema => ({ type: 'integer', format: 'int64', ...described(description) });
/** A CPU or memory size: text, or a number that becomes one. */
export const quantity: Schema = { format: 'quantity', 'x-kubernetes-int-or-string': true };
export const wholeOrText: Schema = { format: 'int-or-string', 'x-kubernetes-int-or-string': true };
export const choice = (description: string, ...words: string[]): Schema => ({ ...text(description), enum: words });
export const texts = (description?: string): Schema => list(text(), description);
export const pairs = (description?: string): Schema => mapOf(text(), description);
/** A part that is passed through unread. */
export const open = (description?: string): Schema => ({
  type: 'object',
  ...described(description),
  'x-kubernetes-preserve-unknown-fields': true,
});
export const openList = (description?: string): Schema => list(open(), description);

/** A struct; `title` is its name in decoding errors. */
export const struct = (title: string, properties: Record<string, Schema>, description?: string): Schema => ({
  type: 'object',
  title,
  ...described(description),
  properties,
});
export const mapOf = (additionalProperties: Schema, description?: string): Schema => ({
  type: 'object',
  ...described(description),
  additionalProperties,
});
/** A list with one owner, replaced whole. */
export const list = (items: Schema, description?: string): Schema => ({ type: 'array', ...described(description), items });
/** A list whose items are found by `keys`; a strategic merge patch uses the first one. */
export const keyed = (items: Schema, ...keys: [string, ...string[]]): Schema => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  'x-kubernetes-patch-merge-key': keys[0],
  'x-kubernetes-patch-strategy': 'merge',
});
/** A list of different words. */
export const setOf = (items: Schema): Schema => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'set',
  'x-kubernetes-patch-strategy': 'merge',
});
/** A struct or map that has one owner in server-side apply. */
export const atomic = (schema: Schema): Schema => ({ ...schema, 'x-kubernetes-map-type': 'atomic' });

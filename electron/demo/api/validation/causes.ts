import type { Cause } from '../status.ts';

const quoted = (value: unknown): string => JSON.stringify(value) ?? 'null';

export const required = (field: string, detail = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: detail === '' ? 'Required value' : `Required value: ${detail}`,
  field,
});
export const wrong = (field: string, value: unknown, detail: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${quoted(value)}: ${detail}`,
  field,
});
export const unsupported = (field: string, value: unknown, words: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${quoted(value)}: supported values: ${words.map(quoted).join(', ')}`,
  field,
});
export const duplicate = (field: string, value: unknown): Cause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${quoted(value)}`,
  field,
});
export const forbidden = (field: string, detail: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
  field,
});
export const absent = (field: string, value: unknown): Cause => ({
  reason: 'FieldValueNotFound',
  message: `Not found: ${quoted(value)}`,
  field,
});

/** A cause for a word outside of `words`; nothing for one that is left out. */
export const oneOf = (field: string, value: unknown, words: readonly string[]): Cause[] =>
  value === undefined || words.some((word) => word === value) ? [] : [unsupported(field, value, words)];
/** A cause for a number below `least`; nothing for one that is left out. */
export const atLeast = (field: string, value: unknown, least: number): Cause[] =>
  typeof value === 'number' && value < least ? [wrong(field, value, `must be greater than or equal to ${least}`)] : [];
/** A cause for each value that came before. */
export function noneTwice(values: [string, unknown][]): Cause[] {
  const seen = new Set<unknown>();
  return values.flatMap(([field, value]) => {
    if (value === undefined || value === '') return [];
    const again = seen.has(value);
    seen.add(value);
    return again ? [duplicate(field, value)] : [];
  });
}

/**
 * Reading of JSON that somebody else wrote: nothing here throws, and a field of the wrong shape reads as absent.
 * Only own fields are read, so that a name such as `constructor` finds nothing.
 */
export type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at `path` inside `value`; undefined where the way breaks off. Numbers step into lists. */
export function field(value: unknown, ...path: (string | number)[]): unknown {
  let here: unknown = value;
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined;
    else here = isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** The text at `path`, or null where there is none or it is empty. */
export function textAt(value: unknown, ...path: (string | number)[]): string | null {
  const found = field(value, ...path);
  return typeof found === 'string' && found !== '' ? found : null;
}

/** The finite number at `path`, or null. */
export function numberAt(value: unknown, ...path: (string | number)[]): number | null {
  const found = field(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** The list at `path`; empty where there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): readonly unknown[] {
  const found = field(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The record at `path`; empty where there is none. */
export function recordAt(value: unknown, ...path: (string | number)[]): JsonRecord {
  const found = field(value, ...path);
  return isRecord(found) ? found : {};
}

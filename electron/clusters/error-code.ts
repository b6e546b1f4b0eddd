/** Node's code of an error (`ENOENT`, `ECONNREFUSED`), or its name where it has none. Never its message, which may quote a secret. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses tried, all in vain: the first tells enough.
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  return error.name;
}

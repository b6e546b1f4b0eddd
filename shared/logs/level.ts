/** How grave a line is, mildest first. */
export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

const known: Record<string, Level> = {
  TRACE: 'trace',
  FINEST: 'trace',
  FINER: 'trace',
  DEBUG: 'debug',
  FINE: 'debug',
  INFO: 'info',
  NOTICE: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  SEVERE: 'error',
  FATAL: 'fatal',
  CRITICAL: 'fatal',
};

/** The level a logging library calls by this word (log4j, java.util.logging, Python's logging), or null. */
export function levelOf(word: string): Level | null {
  return known[word.toUpperCase()] ?? null;
}

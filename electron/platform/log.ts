import type { Log } from './world.ts';

/** Writes one JSON line per entry to standard error, where the launcher or the terminal keeps it. */
export function createLog(name: string): Log {
  const write = (level: 'info' | 'warn', what: string, facts: Record<string, string | number | boolean | null> = {}) =>
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, from: name, what, ...facts })}\n`);
  return { info: (what, facts) => void write('info', what, facts), warn: (what, facts) => void write('warn', what, facts) };
}

/** `yy/MM/dd HH:mm:ss`, as Spark's log has it. `at`: epoch milliseconds. */
export const sparkTime = (at: number): string => new Date(at).toISOString().slice(2, 19).replaceAll('-', '/').replace('T', ' ');

/** A log line of Spark's own layout: time, level, short class name, message. */
export const logLine = (at: number, logger: string, message: string, level: Level = 'INFO'): string =>
  `${sparkTime(at)} ${level} ${logger}: ${message}`;

/** The levels that Spark logs by default. */
export type Level = 'INFO' | 'WARN' | 'ERROR';

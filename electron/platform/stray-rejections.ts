import type { Log } from './world.ts';

/** The part of `process` that tells of rejections nobody waited for. */
interface Rejections {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

/**
 * Keeps the process alive when a promise rejects that nobody waits for, and says so in the log. Such a promise is the end of one question
 * (a message of a window that cannot be read, a stream whose reader went); the watches and forwards of all clusters must not end with it.
 * What is thrown out of a callback does end the process: a change may have stopped half way, and a fresh backend is there within a second.
 * Neither message nor value is logged: nobody knows what they hold.
 */
export function outliveRejections(source: Rejections, log: Log): void {
  source.on('unhandledRejection', (reason) => {
    const isError = reason instanceof Error;
    // The first frame, without the message above it.
    const at = isError ? (/^ {4}at .*$/m.exec(reason.stack ?? '')?.[0].trim() ?? null) : null;
    log.warn('a promise was rejected and nobody waited for it', { name: isError ? reason.name : typeof reason, at });
  });
}

import { failureOf } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock, Log } from '../platform/world.ts';
import { type ExecEnd, openExec } from './exec.ts';
import { hangUpCommand, type Shell } from './shell.ts';

/** A container as exec names it. */
export interface Place {
  context: string;
  namespace: string;
  pod: string;
  container: string;
}

/** What terminals need of the world. */
export interface TerminalWorld {
  /** Asked before each request. */
  clusters: { get(context: string): Cluster };
  clock: Clock;
  log: Log;
}

/** How long one try may take, milliseconds; the command itself takes up to two seconds. */
const PATIENCE = 10_000;

/**
 * Ends what is left of a shell whose client goes or went. Tries again after each of `delays` (milliseconds); resolves when it is done,
 * when there is nothing to do it in any more, or when nothing helped, which is logged.
 */
export async function hangUp(
  { clusters, clock, log }: TerminalWorld,
  place: Place,
  shell: Shell,
  delays: readonly number[],
): Promise<void> {
  const { context, ...where } = place;
  let end: ExecEnd = { end: 'refused', message: '' };
  for (const delay of [0, ...delays]) {
    if (delay > 0) await new Promise<void>((resolve) => clock.after(delay, resolve));
    end = await once(clusters.get(context));
    if (end.end !== 'lost' || end.failure.code === 'not-found') return;
  }
  log.warn('a shell may still run in its container', { context, pod: place.pod, container: place.container, pid: shell.pid });

  async function once(cluster: Cluster): Promise<ExecEnd> {
    const giveUp = new AbortController();
    const callOff = clock.after(PATIENCE, () => giveUp.abort());
    const target = { ...where, command: hangUpCommand(shell), tty: false, stdin: false };
    try {
      return await new Promise<ExecEnd>((resolve, reject) => {
        const sink = { onOutput: () => undefined, onEnd: resolve };
        openExec(cluster, target, clock, sink, giveUp.signal).catch(reject);
      });
    } catch (error) {
      return { end: 'lost', failure: failureOf(error) };
    } finally {
      callOff();
    }
  }
}

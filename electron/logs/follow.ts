import { type Failure, failureOf } from '../../shared/failure.ts';
import { newPosition, readStamped, type StampedLine } from '../../shared/logs/stamped.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { backoff, defaultTuning, meaningOf } from '../watch/index.ts';
import { createLineReader } from './lines.ts';

/** The log of one container instance. */
export interface ContainerLog {
  namespace: string;
  pod: string;
  container: string;
  /** The instance before the present one. */
  previous: boolean;
  /** Lines to begin with at most, the newest; null: all there are. */
  tail: number | null;
}

/**
 * ```
 *  opening ──▶ live ──▶ ended
 *     ▲  └───┐   │        ▲
 *     │      ▼   ▼        │ the container is over and all is read, or its log is gone
 *     └──── waiting ──────┘
 * ```
 * Times are epoch milliseconds.
 */
export type FollowState =
  | { state: 'opening' }
  | { state: 'live'; since: number }
  /** `failure` says why; the container may simply not run yet. */
  | { state: 'waiting'; failure: Failure; retryAt: number }
  | { state: 'ended'; reason: 'over' | 'gone' };

export interface FollowWorld {
  /** Asked before each request. */
  cluster(): Cluster;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  /** Whether this instance of the container has ended, as far as the watch knows. */
  isOver(): boolean;
}

export interface LogSink {
  /** New lines in the order in which they were written; one batch for each read from the network at most. */
  onLines(lines: StampedLine[]): void;
  onState(state: FollowState): void;
}

/** Longer lines come in pieces; the kubelet cuts at 16 KiB itself, other sources may not. */
const LINE_LIMIT = 1024 * 1024;
/** A stream that brings nothing for so long is opened anew: taking it up costs one request and doubles nothing. */
const SILENCE = 120_000;
/** The wait before a stream that ended in order is taken up again: a rotated log, or a container whose end the watch has yet to tell. */
const PAUSE = 500;

/**
 * Reads the log of a container until that instance is over and everything is read, across lost connections and rotated files, without
 * losing or doubling a line. Resolves when it ended or `signal` is aborted; never rejects: failures are told by `onState`.
 */
export async function followContainer(
  target: ContainerLog,
  world: FollowWorld,
  sink: LogSink,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = world;
  const position = newPosition();
  let failures = 0;
  while (!signal.aborted) {
    // Asked before the request: what ended later may still have written.
    const wasOver = target.previous || world.isOver();
    sink.onState({ state: 'opening' });
    const outcome = await readOnce(wasOver);
    if (signal.aborted) return;
    if (outcome.failure === null) {
      failures = 0;
      if (wasOver && !outcome.silent) return sink.onState({ state: 'ended', reason: 'over' });
      await pause(clock, PAUSE, signal);
      continue;
    }
    if (outcome.failure.code === 'not-found') return sink.onState({ state: 'ended', reason: 'gone' });
    failures = outcome.began ? 1 : failures + 1;
    const refused = meaningOf(outcome.failure) === 'refused';
    const wait = refused ? defaultTuning.refusedDelay : backoff(failures, outcome.failure, world.random(), defaultTuning);
    sink.onState({ state: 'waiting', failure: outcome.failure, retryAt: clock.now() + wait });
    await pause(clock, wait, signal);
  }

  async function readOnce(isLast: boolean): Promise<Outcome> {
    const connection = new AbortController();
    const end = () => connection.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const silence = createSilence(clock, () => connection.abort());
    let began = false;
    try {
      const chunks = await world.cluster().stream(requestOf(target, position.since(), connection.signal));
      began = true;
      position.resume();
      sink.onState({ state: 'live', since: clock.now() });
      const reader = createLineReader(LINE_LIMIT);
      silence.begin();
      for await (const chunk of chunks) {
        silence.begin();
        tell(reader.push(chunk));
      }
      // A line without an end is whole only where the container ended; anywhere else it is read again, from its beginning.
      const rest = isLast ? reader.rest() : null;
      if (rest !== null) tell([rest]);
      return { failure: null, began, silent: false };
    } catch (error) {
      if (silence.struck()) return { failure: null, began, silent: true };
      return { failure: failureOf(error), began, silent: false };
    } finally {
      silence.close();
      signal.removeEventListener('abort', end);
    }
  }

  function tell(texts: string[]): void {
    if (signal.aborted) return;
    const lines = texts.flatMap((text) => readStamped(text) ?? []).filter((line) => position.take(line));
    if (lines.length > 0) sink.onLines(lines);
  }
}

interface Outcome {
  failure: Failure | null;
  /** The server began to answer. */
  began: boolean;
  /** We ended it, because nothing came. */
  silent: boolean;
}

function requestOf(target: ContainerLog, since: string | null, signal: AbortSignal) {
  const { namespace, pod, container, previous, tail } = target;
  return {
    method: 'GET' as const,
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
    query: {
      container,
      follow: !previous,
      timestamps: true,
      previous: previous || undefined,
      ...(since === null ? { tailLines: tail ?? undefined } : { sinceTime: since }),
    },
    accept: '*/*',
    signal,
  };
}

function createSilence(clock: Clock, strike: () => void) {
  let struck = false;
  let callOff: () => void = () => undefined;
  return {
    begin() {
      callOff();
      callOff = clock.after(SILENCE, () => {
        struck = true;
        strike();
      });
    },
    struck: () => struck,
    close: () => callOff(),
  };
}

function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      callOff();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const callOff = clock.after(milliseconds, done);
    signal.addEventListener('abort', done, { once: true });
  });
}

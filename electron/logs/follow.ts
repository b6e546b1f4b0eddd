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
  /** Lines to begin with at most, the newest; null: all there are. */
  tail: number | null;
}

/**
 * How the instance of the container stands. `replaced`: the container was started again, so its log is the previous one. `gone`: its
 * pod is, or another has its name, or it was started again more than once.
 */
export type Standing = 'running' | 'ended' | 'replaced' | 'gone';

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
  /**
   * Asked before each request, and to be answered by the API server: the log of a pod is asked for by its name, which another pod may
   * have by now. Throws `FailureError`.
   */
  standing(signal: AbortSignal): Promise<Standing>;
}

export interface LogSink {
  /** New lines in the order in which they were written; one batch for each read from the network at most. Nothing is read before it is done. */
  onLines(lines: StampedLine[]): void | Promise<void>;
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
    sink.onState({ state: 'opening' });
    const { failure, began, ended } = await readOnce();
    if (signal.aborted) return;
    if (ended !== null) return sink.onState({ state: 'ended', reason: ended });
    if (failure === null) {
      failures = 0;
      await pause(clock, PAUSE, signal);
      continue;
    }
    failures = began ? 1 : failures + 1;
    const refused = meaningOf(failure) === 'refused';
    const wait = refused ? defaultTuning.refusedDelay : backoff(failures, failure, world.random(), defaultTuning);
    sink.onState({ state: 'waiting', failure, retryAt: clock.now() + wait });
    await pause(clock, wait, signal);
  }

  async function readOnce(): Promise<Outcome> {
    const connection = new AbortController();
    const end = () => connection.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const silence = createSilence(clock, () => connection.abort());
    let began = false;
    try {
      // Asked before the request: what ended later may still have written.
      const standing = await world.standing(connection.signal);
      if (standing === 'gone') return { failure: null, began, ended: 'gone' };
      const chunks = await world.cluster().stream(requestOf(target, standing, position.since(), connection.signal));
      began = true;
      position.resume();
      sink.onState({ state: 'live', since: clock.now() });
      const reader = createLineReader(LINE_LIMIT);
      silence.begin();
      for await (const chunk of chunks) {
        silence.begin();
        await tell(reader.push(chunk));
      }
      if (standing === 'running') return { failure: null, began, ended: null };
      // A line without an end is whole only where the container ended; anywhere else it is read again, from its beginning.
      const rest = reader.rest();
      if (rest !== null) await tell([rest]);
      return { failure: null, began, ended: 'over' };
    } catch (error) {
      if (silence.struck()) return { failure: null, began, ended: null };
      const failure = failureOf(error);
      return { failure, began, ended: failure.code === 'not-found' ? 'gone' : null };
    } finally {
      silence.close();
      signal.removeEventListener('abort', end);
    }
  }

  async function tell(texts: string[]): Promise<void> {
    if (signal.aborted) return;
    const lines = texts.flatMap((text) => readStamped(text) ?? []).filter((line) => position.take(line));
    if (lines.length > 0) await sink.onLines(lines);
  }
}

interface Outcome {
  /** Null where it ended in order, or we ended it because nothing came. */
  failure: Failure | null;
  /** The server began to answer. */
  began: boolean;
  /** Set when nothing more can be read. */
  ended: 'over' | 'gone' | null;
}

function requestOf(target: ContainerLog, standing: Standing, since: string | null, signal: AbortSignal) {
  const { namespace, pod, container, tail } = target;
  const previous = standing === 'replaced';
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

import { type Failure, FailureError, failureOf } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Clock, Log } from '../platform/world.ts';
import { readEvent, readPage } from './answers.ts';
import type { Cache } from './cache.ts';
import { createFrameReader, type FrameReader } from './frames.ts';
import { collectionPath, selectors } from './location.ts';
import type { ApiObject, Resource } from './resource.ts';
import { type Effect, newWatch, nextWake, type Signal } from './state.ts';
import { step } from './step.ts';
import type { Tuning } from './tuning.ts';

/** What a watch needs of the world. */
export interface LoopWorld {
  /** Asked before each request, so that a changed kubeconfig counts from the next one on. May throw `FailureError`. */
  cluster(): Cluster;
  resource: Resource;
  cache: Cache;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  log: Log;
  tuning: Tuning;
  /** Called when data that was being fetched or kept up to date no longer is; not again before it is. */
  onTrouble(failure: Failure): void;
}

/** A running list+watch. */
export interface Loop {
  retry(): void;
  restart(): void;
  close(): void;
}

/** `setTimeout` takes no more, and a clock set back is noticed by then. */
const LONGEST_TIMER = 600_000;

/** Starts to list and watch into `cache`, and goes on until closed: does what {@link step} says and reports what came of it. */
export function runWatch(world: LoopWorld): Loop {
  const { resource, cache, clock, tuning, log } = world;
  let watch = newWatch(clock.now());
  let current: AbortController | null = null;
  let server = '';
  let closed = false;
  let inTrouble = false;
  let alarm: { at: number; callOff: () => void } | null = null;
  /** Signals given while effects are being performed (a subscriber may ask for a retry) wait for their turn. */
  const signals: Signal[] = [];
  let stepping = false;

  function send(signal: Signal): void {
    signals.push(signal);
    if (stepping) return;
    stepping = true;
    try {
      for (let next = signals.shift(); next !== undefined && !closed; next = signals.shift()) {
        const result = step(watch, next, { at: clock.now(), random: world.random(), server }, tuning);
        watch = result.watch;
        for (const effect of result.effects) perform(effect);
      }
    } finally {
      stepping = false;
    }
    setAlarm();
  }

  function setAlarm(): void {
    const at = closed ? Number.POSITIVE_INFINITY : nextWake(watch, tuning);
    if (alarm?.at === at) return;
    alarm?.callOff();
    alarm = null;
    if (at === Number.POSITIVE_INFINITY) return;
    const callOff = clock.after(Math.min(LONGEST_TIMER, Math.max(0, at - clock.now())), () => {
      alarm = null;
      send({ signal: 'tick' });
    });
    alarm = { at, callOff };
  }

  function perform(effect: Effect): void {
    if (closed) return;
    switch (effect.effect) {
      case 'list':
        void attempt((signal) => list(effect.continueToken, effect.limit, signal));
        return;
      case 'watch':
        void attempt((signal) => follow(effect.version, effect.timeoutSeconds, signal));
        return;
      case 'abandon':
        current?.abort();
        current = null;
        return;
      case 'begin':
        cache.begin();
        return;
      case 'finish':
        cache.finish(clock.now());
        return;
      case 'clear':
        cache.clear();
        return;
      case 'tell': {
        const { freshness } = effect;
        const troubled = freshness.state === 'stale' || freshness.state === 'refused';
        if (troubled && !inTrouble) trouble(freshness.failure);
        inTrouble = troubled;
        cache.tell(freshness);
        return;
      }
    }
  }

  function trouble(failure: Failure): void {
    log.warn('watch: not up to date', { resource: resource.plural, namespace: resource.namespace, code: failure.code });
    world.onTrouble(failure);
  }

  /** Runs one request in place of the one before. What it still does after it was replaced is of no concern. */
  async function attempt(request: (signal: AbortSignal) => Promise<void>): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    try {
      await request(mine.signal);
    } catch (error) {
      if (current !== mine || closed) return;
      send({ signal: 'failed', failure: failureHere(error) });
    }
  }

  function failureHere(error: unknown): Failure {
    const failure = failureOf(error);
    // The path of a collection is absent only when its kind is.
    if (failure.code === 'not-found') return { code: 'kind-absent', group: resource.group, kind: resource.plural };
    return failure;
  }

  async function list(continueToken: string | null, limit: number | null, signal: AbortSignal): Promise<void> {
    const cluster = world.cluster();
    server = cluster.server;
    const answer = await cluster.request({
      method: 'GET',
      path: collectionPath(resource),
      query: { ...selectors(resource), limit: limit ?? undefined, continue: continueToken ?? undefined },
      accept: 'application/json',
      timeoutMilliseconds: tuning.pageTimeout,
      signal,
    });
    if (signal.aborted || closed) return;
    const page = readPage(answer.body);
    cache.page(page.items, clock.now());
    // A subscriber may have ended this watch from inside.
    if (signal.aborted || closed) return;
    send({ signal: 'page', version: page.version, continueToken: page.continueToken, count: page.items.length });
  }

  async function follow(version: string, timeoutSeconds: number, signal: AbortSignal): Promise<void> {
    const cluster = world.cluster();
    server = cluster.server;
    const chunks = await cluster.stream({
      method: 'GET',
      path: collectionPath(resource),
      query: { ...selectors(resource), watch: true, allowWatchBookmarks: true, resourceVersion: version, timeoutSeconds },
      accept: 'application/json',
      timeoutMilliseconds: tuning.openTimeout,
      signal,
    });
    if (signal.aborted || closed) return;
    send({ signal: 'opened' });
    const frames = createFrameReader(tuning.lineLimit);
    for await (const chunk of chunks) {
      if (signal.aborted || closed) return;
      const { changes, newest, failure } = digest(frames, chunk);
      if (changes.length > 0) cache.apply(changes, clock.now());
      if (signal.aborted || closed) return;
      send({ signal: 'received', version: newest, failure });
    }
    if (signal.aborted || closed) return;
    send({ signal: 'ended' });
  }

  /** The events of a chunk up to the first that is none. Events before it count all the same. */
  function digest(frames: FrameReader, chunk: Uint8Array): Digest {
    const read: Digest = { changes: [], newest: null, failure: null };
    try {
      for (const line of frames.push(chunk)) {
        const event = readEvent(line, server, resource);
        if (event.type === 'error') return { ...read, failure: event.failure };
        if (event.type === 'bookmark') {
          read.newest = event.version;
          continue;
        }
        read.changes.push(event);
        read.newest = event.object.metadata.resourceVersion;
      }
    } catch (error) {
      return { ...read, failure: error instanceof FailureError ? error.failure : tooLong(error) };
    }
    return read;
  }

  send({ signal: 'start' });

  return {
    retry: () => send({ signal: 'retry' }),
    restart: () => send({ signal: 'restart' }),
    close() {
      closed = true;
      current?.abort();
      current = null;
      setAlarm();
    },
  };
}

interface Digest {
  changes: { type: 'changed' | 'deleted'; object: ApiObject }[];
  /** The version of the last event. */
  newest: string | null;
  failure: Failure | null;
}

function tooLong(error: unknown): Failure {
  return { code: 'server-error', status: 200, message: `The watch cannot be read: ${failureMessage(error)}` };
}

function failureMessage(error: unknown): string {
  return error instanceof RangeError ? error.message : 'unknown reason';
}

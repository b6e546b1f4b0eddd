import type { Freshness } from '../../shared/contract/freshness.ts';
import type { Failure } from '../../shared/failure.ts';
import { backoff } from './backoff.ts';
import { meaningOf } from './classify.ts';
import { type Effect, listStart, type Next, type Signal, type Watch, type World } from './state.ts';
import type { Tuning } from './tuning.ts';

/** The state after a signal, and what has to be done because of it. */
export interface Step {
  watch: Watch;
  effects: Effect[];
}

/** After so many failures in a row the version itself is suspected, and the watch lists anew. */
const FAILURES_BEFORE_RELIST = 3;

/** The whole life of one list+watch as a pure function; see {@link Signal}, {@link Effect} and the drawing above `Phase`. */
export function step(watch: Watch, signal: Signal, world: World, tuning: Tuning): Step {
  const { doing } = watch;
  switch (signal.signal) {
    case 'start':
      return go({ watch, effects: [] }, { next: 'list', position: listStart() }, world, tuning);
    case 'page':
      return doing.phase === 'listing' ? page(watch, signal, world, tuning) : still(watch);
    case 'opened':
      return doing.phase === 'opening' ? opened(watch, doing, world, tuning) : still(watch);
    case 'received':
      return doing.phase === 'watching' ? received(watch, doing, signal, world, tuning) : still(watch);
    case 'ended': {
      if (doing.phase !== 'watching') return still(watch);
      const failure: Failure = { code: 'unreachable', server: world.server, reason: 'the connection was closed' };
      return again(proven(watch, world, tuning), { next: 'watch', version: doing.version }, failure, world, tuning);
    }
    case 'failed':
      return failed(proven(watch, world, tuning), signal.failure, world, tuning);
    case 'tick':
      return mentionLoss(tick(watch, world, tuning), world, tuning);
    case 'retry':
      return retry(watch, world, tuning);
    case 'restart': {
      const fresh: Watch = { ...watch, complete: false, received: 0, failures: 0, goodAt: world.at, loss: null };
      const cleared = tell({ watch: fresh, effects: [{ effect: 'clear' }] }, { state: 'loading', received: 0 });
      return go(cleared, { next: 'list', position: listStart() }, world, tuning);
    }
  }
}

function still(watch: Watch): Step {
  return { watch, effects: [] };
}

/** Forgives earlier failures once a watch has stayed open for long enough. */
function proven(watch: Watch, { at }: World, tuning: Tuning): Watch {
  const { doing } = watch;
  return doing.phase === 'watching' && at - doing.openedAt >= tuning.healthyAfter ? { ...watch, failures: 0 } : watch;
}

/** Starts the next request, in place of the one before. */
function go({ watch, effects }: Step, next: Next, { at, random }: World, tuning: Tuning): Step {
  if (next.next === 'watch') {
    const { shortestWatchSeconds: from, longestWatchSeconds: to } = tuning;
    const timeoutSeconds = from + Math.floor(random * (to - from + 1));
    return {
      watch: { ...watch, doing: { phase: 'opening', version: next.version, startedAt: at, timeoutSeconds } },
      effects: [...effects, { effect: 'watch', version: next.version, timeoutSeconds }],
    };
  }
  const { position } = next;
  const first = position.continueToken === null;
  // A list that outlives two tokens is asked for whole, as client-go's pager does: it may never end otherwise.
  const limit = position.expired < 2 ? tuning.pageLimit : null;
  return {
    watch: { ...watch, received: first ? 0 : watch.received, doing: { phase: 'listing', position, startedAt: at } },
    effects: [
      ...effects,
      ...(first ? [{ effect: 'begin' } as const] : []),
      { effect: 'list', continueToken: position.continueToken, limit },
    ],
  };
}

function page(watch: Watch, signal: Signal & { signal: 'page' }, world: World, tuning: Tuning): Step {
  if (watch.doing.phase !== 'listing') return still(watch);
  const { position } = watch.doing;
  const version = position.version ?? signal.version;
  const read: Watch = { ...watch, goodAt: world.at, received: watch.received + signal.count };
  if (signal.continueToken !== null) {
    const next: Next = { next: 'list', position: { ...position, version, continueToken: signal.continueToken } };
    const loading: Freshness = { state: 'loading', received: read.received };
    return go(watch.complete ? still(read) : tell(still(read), loading), next, world, tuning);
  }
  // Listed but not watched yet: if the watch does not open soon, that is a loss.
  const failure: Failure = noAnswer(world, tuning.grace);
  const done: Step = {
    watch: { ...read, complete: true, loss: { at: world.at, failure } },
    effects: [{ effect: 'finish' }],
  };
  return go(tell(done, { state: 'live' }), { next: 'watch', version }, world, tuning);
}

function opened(watch: Watch, doing: Watch['doing'] & { phase: 'opening' }, { at }: World, tuning: Tuning): Step {
  const endsBy = at + doing.timeoutSeconds * 1000 * tuning.watchdogFactor;
  return still({
    ...watch,
    goodAt: at,
    doing: { phase: 'watching', version: doing.version, openedAt: at, endsBy, settled: false, tickedAt: at },
  });
}

function received(
  watch: Watch,
  doing: Watch['doing'] & { phase: 'watching' },
  { version, failure }: Signal & { signal: 'received' },
  world: World,
  tuning: Tuning,
): Step {
  let next = still({ ...watch, goodAt: world.at });
  if (version !== null) {
    const caughtUp: Watch = { ...next.watch, failures: 0, loss: null, doing: { ...doing, version, settled: true } };
    next = tell(still(caughtUp), { state: 'live' });
  }
  if (failure === null) return next;
  const after = failed(next.watch, failure, world, tuning);
  return { watch: after.watch, effects: [...next.effects, ...after.effects] };
}

function failed(watch: Watch, failure: Failure, world: World, tuning: Tuning): Step {
  const { doing } = watch;
  if (doing.phase === 'waiting') return still(watch);
  const same: Next =
    doing.phase === 'listing' ? { next: 'list', position: doing.position } : { next: 'watch', version: doing.version };
  switch (meaningOf(failure)) {
    case 'gone': {
      if (doing.phase !== 'listing') return again(watch, { next: 'list', position: listStart() }, failure, world, tuning);
      const { continueToken, expired } = doing.position;
      const start: Next = { next: 'list', position: listStart(expired + 1) };
      // A first page cannot be too old: such a server is unwell.
      return continueToken === null ? wait(watch, same, failure, world, tuning) : again(watch, start, failure, world, tuning);
    }
    case 'refused': {
      const until = world.at + tuning.refusedDelay;
      const waiting: Watch = { ...watch, doing: { phase: 'waiting', next: same, startedAt: world.at, until }, loss: null };
      return tell({ watch: waiting, effects: [{ effect: 'abandon' }] }, { state: 'refused', failure });
    }
    case 'unwell': {
      const relist = doing.phase !== 'listing' && watch.failures + 1 >= FAILURES_BEFORE_RELIST;
      return wait(watch, relist ? { next: 'list', position: listStart() } : same, failure, world, tuning);
    }
    case 'lost':
      return wait(watch, same, failure, world, tuning);
  }
}

/** Goes on at once after something that belongs to a watch's life, but waits when it happens again and again. */
function again(watch: Watch, next: Next, failure: Failure, world: World, tuning: Tuning): Step {
  if (watch.failures > 0) return wait(watch, next, failure, world, tuning);
  const loss = watch.loss ?? { at: world.at, failure };
  return go(still({ ...watch, failures: 1, loss }), next, world, tuning);
}

function wait(watch: Watch, next: Next, failure: Failure, { at, random }: World, tuning: Tuning): Step {
  const failures = watch.failures + 1;
  const until = at + backoff(failures, failure, random, tuning);
  const waiting: Watch = { ...watch, failures, loss: null, doing: { phase: 'waiting', next, startedAt: at, until } };
  return tell(
    { watch: waiting, effects: [{ effect: 'abandon' }] },
    { state: 'stale', since: watch.goodAt, retryAt: until, failure },
  );
}

function tick(watch: Watch, world: World, tuning: Tuning): Step {
  const { at } = world;
  const { doing } = watch;
  switch (doing.phase) {
    case 'waiting':
      // A clock that was set back must not make the wait longer.
      return at >= doing.until || at < doing.startedAt ? goOn(watch, doing.next, world, tuning) : still(watch);
    case 'listing':
      return at < doing.startedAt + tuning.attemptTimeout
        ? still(watch)
        : failed(watch, noAnswer(world, tuning.attemptTimeout), world, tuning);
    case 'opening':
      return at < doing.startedAt + tuning.attemptTimeout
        ? still(watch)
        : failed(watch, noAnswer(world, tuning.attemptTimeout), world, tuning);
    case 'watching': {
      const goodAt = Math.min(watch.goodAt, at);
      const slept = at - doing.tickedAt > 3 * tuning.tick;
      if (slept || at - goodAt >= tuning.silence || at >= doing.endsBy) {
        return again(
          proven(watch, world, tuning),
          { next: 'watch', version: doing.version },
          noAnswer(world, at - goodAt),
          world,
          tuning,
        );
      }
      const settled = at - doing.openedAt >= tuning.settle || at < doing.openedAt;
      const looked: Watch = {
        ...proven(watch, world, tuning),
        goodAt,
        loss: settled ? null : watch.loss,
        doing: { ...doing, settled, tickedAt: at },
      };
      return settled ? tell(still(looked), { state: 'live' }) : still(looked);
    }
  }
}

/** Ends a wait. */
function goOn(watch: Watch, next: Next, world: World, tuning: Tuning): Step {
  const { freshness } = watch;
  return go(
    freshness.state === 'stale' ? tell(still(watch), { ...freshness, retryAt: null }) : still(watch),
    next,
    world,
    tuning,
  );
}

function retry(watch: Watch, world: World, tuning: Tuning): Step {
  const { doing } = watch;
  switch (doing.phase) {
    case 'waiting':
      return goOn(watch, doing.next, world, tuning);
    case 'opening':
      if (world.at - doing.startedAt < tuning.grace) return still(watch);
      return go(still(watch), { next: 'watch', version: doing.version }, world, tuning);
    case 'watching': {
      const silence = world.at - watch.goodAt;
      if (silence < tuning.suspect) return still(watch);
      const loss = { at: world.at, failure: noAnswer(world, silence) };
      return go(still({ ...watch, loss }), { next: 'watch', version: doing.version }, world, tuning);
    }
    case 'listing':
      return still(watch);
  }
}

/** A loss that was not repaired within the grace is told of. */
function mentionLoss(step: Step, { at }: World, tuning: Tuning): Step {
  const { loss, freshness, goodAt } = step.watch;
  if (loss === null || freshness.state !== 'live' || at < loss.at + tuning.grace) return step;
  return tell(step, { state: 'stale', since: goodAt, retryAt: null, failure: loss.failure });
}

function noAnswer({ server }: World, milliseconds: number): Failure {
  return { code: 'no-answer', server, seconds: Math.round(milliseconds / 1000) };
}

function tell({ watch, effects }: Step, freshness: Freshness): Step {
  if (freshness.state === 'live' && watch.freshness.state === 'live') return { watch, effects };
  return { watch: { ...watch, freshness }, effects: [...effects, { effect: 'tell', freshness }] };
}

import type { ApplicationRef } from '../../shared/contract/applications.ts';
import type { Forward } from '../../shared/contract/forwards.ts';
import { failureOf } from '../../shared/failure.ts';
import { textAt } from '../../shared/json.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { type FollowedApplication, followApplication } from '../spark/applications/index.ts';
import type { WatchCaches } from '../watch/index.ts';
import { type LocalProxy, openProxy } from './proxy.ts';
import { type UiPlace, uiPlace } from './spark-ui-step.ts';
import { openTunnel } from './tunnel.ts';

/** How often a driver whose container runs is asked whether its UI listens yet, milliseconds. */
const PROBE_INTERVAL = 500;

interface World {
  clusters: { get(context: string): Cluster };
  caches: WatchCaches;
  clock: Clock;
}

/**
 * Keeps a way to the Spark UI of one application open until the returned function is called. The address stays the same when
 * the driver is replaced: the proxy connects to whichever driver is there.
 */
export function forwardSparkUi(world: World, reference: ApplicationRef, push: (forward: Forward) => void): () => void {
  const { clusters, clock, caches } = world;
  const ending = new AbortController();
  let place: UiPlace = { place: 'unknown' };
  /** Opened for the first driver and kept: a second one must never be opened beside it, however quickly places change. */
  let proxy: Promise<LocalProxy> | null = null;
  let probing = new AbortController();
  let waitingSince = clock.now();
  let last = '';

  function tell(forward: Forward): void {
    const text = JSON.stringify(forward);
    if (text === last || ending.signal.aborted) return;
    last = text;
    push(forward);
  }

  async function connect(signal: AbortSignal) {
    if (place.place !== 'at') throw new Error('there is no driver');
    const target = { namespace: reference.namespace, pod: place.pod, port: place.port };
    return openTunnel(clusters.get(reference.context), target, signal);
  }

  /** Asks until the UI answers, then says where it is. */
  async function probe(pod: string, signal: AbortSignal): Promise<void> {
    proxy ??= openProxy(connect).catch((error: unknown) => {
      proxy = null;
      throw error;
    });
    const own = await proxy;
    while (!signal.aborted) {
      const answer = await answers(own.url, signal);
      if (signal.aborted) return;
      if (answer) return tell({ state: 'active', url: own.url, pod, since: clock.now() });
      tell({ state: 'waiting', for: 'port', since: waitingSince, why: null });
      await new Promise<void>((resolve) => clock.after(PROBE_INTERVAL, resolve));
    }
  }

  function move(next: UiPlace): void {
    if (JSON.stringify(next) === JSON.stringify(place)) return;
    const wasAwaited = place.place === 'awaited' || place.place === 'unknown';
    place = next;
    probing.abort();
    probing = new AbortController();
    const { signal } = probing;
    if (!wasAwaited) waitingSince = clock.now();
    switch (next.place) {
      case 'unknown':
        return;
      case 'awaited':
        tell({ state: 'waiting', for: next.for, since: waitingSince, why: next.why });
        return;
      case 'over':
        tell({ state: 'ended', reason: next.reason, at: next.at ?? clock.now(), exitCode: next.exitCode });
        return;
      case 'at':
        tell({ state: 'waiting', for: 'port', since: waitingSince, why: null });
        probe(next.pod, signal).catch((error: unknown) => {
          if (!signal.aborted) tell({ state: 'failed', failure: failureOf(error), retryAt: null });
        });
    }
  }

  tell({ state: 'waiting', for: 'driver', since: waitingSince, why: null });
  const end = followApplication(caches, reference, {
    onChange(followed: FollowedApplication) {
      if (followed.freshness.state === 'refused' && followed.object === null) {
        tell({ state: 'failed', failure: followed.freshness.failure, retryAt: null });
      } else {
        move(uiPlace(reference.operator, followed));
      }
    },
  });
  return () => {
    ending.abort();
    probing.abort();
    end();
    proxy?.then(
      (open) => open.close(),
      () => {},
    );
  };
}

/**
 * Whether the UI is there: it tells its version. Before that nobody listens (the proxy answers 502), and while its context
 * starts Spark answers every path with one line of text.
 */
async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(`${url}api/v1/version`, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    return answer.ok && textAt(await answer.json(), 'spark') !== null;
  } catch {
    return false;
  }
}

import type { ApplicationRef } from '../../shared/contract/applications.ts';
import type { Forward } from '../../shared/contract/forwards.ts';
import { failureOf } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { type FollowedApplication, followApplication } from '../spark/applications/index.ts';
import type { WatchCaches } from '../watch/index.ts';
import { type Line, type LineState, openLine } from './line.ts';
import { type LocalProxy, openProxy } from './proxy.ts';
import { forwardOf, type UiState, type UiWay } from './spark-ui-state.ts';
import { type UiPlace, uiPlace } from './spark-ui-step.ts';
import { probeUi, readProxyBase } from './ui-probe.ts';

/** Between two questions to a UI that is not there yet, and to one that is: its context can end before its container. Milliseconds. */
const ASK_AGAIN = 500;
const STILL_THERE = 1_000;

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
  let state: UiState = {
    place: { place: 'unknown' },
    way: { way: 'none' },
    url: null,
    since: clock.now(),
    served: false,
    seen: false,
  };
  /** Opened for the first driver and kept: a second one must never be opened beside it, however quickly places change. */
  let proxy: Promise<LocalProxy> | null = null;
  let line: Line | null = null;
  let probing = new AbortController();
  let base = '';
  let last = '';

  /** Tells what follows from the state, if it is new. */
  function become(next: UiState): void {
    const before = forwardOf(state, clock.now());
    state = next;
    const changed = before.state !== forwardOf(next, clock.now()).state;
    if (changed) state = { ...next, since: clock.now() };
    const forward = forwardOf(state, clock.now());
    const text = JSON.stringify(forward);
    if (text === last || ending.signal.aborted) return;
    last = text;
    push(forward);
  }

  async function connect(signal: AbortSignal) {
    if (line === null) throw new Error('there is no driver');
    return line.connect(signal);
  }

  /** Asks as long as this driver is the one. */
  async function probe(signal: AbortSignal): Promise<void> {
    proxy ??= openProxy(connect, () => base).catch((error: unknown) => {
      proxy = null;
      throw error;
    });
    const { url } = await proxy;
    let known = false;
    while (!signal.aborted) {
      const answer = state.way.way === 'lost' ? 'unknown' : await probeUi(url, signal);
      if (signal.aborted) return;
      if (answer === 'yes' && !known) {
        base = await readProxyBase(url, signal);
        known = true;
        if (signal.aborted) return;
      }
      if (answer !== 'unknown' && state.way.way !== 'lost') {
        const yes = answer === 'yes';
        become({ ...state, url, served: state.served || yes, seen: state.seen || yes, way: { way: yes ? 'serves' : 'silent' } });
      }
      await new Promise<void>((resolve) => clock.after(answer === 'yes' ? STILL_THERE : ASK_AGAIN, resolve));
    }
  }

  function move(place: UiPlace): void {
    if (JSON.stringify(place) === JSON.stringify(state.place)) return;
    probing.abort();
    line?.close();
    line = null;
    base = '';
    become({ ...state, place, seen: false, way: { way: 'none' } });
    if (place.place !== 'at') return;
    probing = new AbortController();
    const { signal } = probing;
    const onState = (next: LineState): void => {
      if (!signal.aborted) become({ ...state, way: wayAfter(next, state.way) });
    };
    const target = { namespace: reference.namespace, pod: place.pod, port: place.port };
    line = openLine(() => clusters.get(reference.context), target, clock, onState);
    probe(signal).catch((error: unknown) => {
      if (!signal.aborted) become({ ...state, way: { way: 'refused', failure: failureOf(error) } });
    });
  }

  last = JSON.stringify(forwardOf(state, clock.now()));
  push(forwardOf(state, clock.now()));
  const end = followApplication(caches, reference, {
    onChange(followed: FollowedApplication) {
      if (followed.freshness.state === 'refused' && followed.object === null) {
        become({ ...state, way: { way: 'refused', failure: followed.freshness.failure } });
      } else {
        move(uiPlace(reference.operator, followed));
      }
    },
  });
  return () => {
    ending.abort();
    probing.abort();
    line?.close();
    end();
    proxy?.then(
      (open) => open.close(),
      () => {},
    );
  };
}

/** What the line's state says of the way, given what was known of the UI. */
function wayAfter(line: LineState, before: UiWay): UiWay {
  switch (line.state) {
    case 'opening':
      return before;
    case 'up':
      return before.way === 'lost' || before.way === 'refused' ? { way: 'regained' } : before;
    case 'down':
      return line.failure.code === 'unreachable' || line.failure.code === 'no-answer'
        ? { way: 'lost', failure: line.failure }
        : { way: 'refused', failure: line.failure };
  }
}

import type { Duplex } from 'node:stream';
import { type Failure, failureOf } from '../../shared/failure.ts';
import type { Cluster } from '../clusters/index.ts';
import type { Clock } from '../platform/world.ts';
import { type PodPort, type Session, sessionOver } from './session.ts';
import { openSocket, openTunnel, SPDY, V4 } from './tunnel.ts';

/** Between two questions whether the pod's node is still there, milliseconds; so many without an answer mean that it is not. */
const BEAT = 500;
const UNANSWERED = 3;
/** How long connections may go on without a byte after that. */
const GRACE = 800;
/** Between two attempts to reach a pod again. */
const RETRY = 500;
/** The same, where the API server refused for a reason that stays. */
const RETRY_REFUSED = 5_000;
/** Sessions kept ready. */
const SPARES = 2;
/** Sessions that connections gave back are kept up to this number: a browser opens six connections at once. */
const MOST_SPARES = 6;

/**
 * ```
 *  opening ──▶ up ⇄ down     down: nobody answered three questions in a row, or the API server refused
 * ```
 */
export type LineState = { state: 'opening' } | { state: 'up' } | { state: 'down'; failure: Failure };

/** The way to one port of one pod. */
export interface Line {
  /** Throws `FailureError` when the API server refuses. */
  connect(signal: AbortSignal): Promise<Duplex>;
  close(): void;
}

/**
 * Keeps a way to a port of a pod: some sessions stand ready, so that a connection needs only one message, and one of them asks the
 * container runtime twice a second whether it is there. A session that stands ready is not seen in the pod: the port is opened with
 * the connection. Connections on a way that died are destroyed within 0.8 s. On servers that speak only `v4.channel.k8s.io` the
 * port would be opened with the WebSocket: there nothing is kept ready, and a connection's own end is all that tells of its death.
 */
export function openLine(clusterOf: () => Cluster, target: PodPort, clock: Clock, onState: (state: LineState) => void): Line {
  const ending = new AbortController();
  const { signal } = ending;
  const spares = new Set<Session>();
  /** Connections with their sessions, where they have one. */
  const open = new Map<Duplex, Session | null>();
  let opening = 0;
  let up = false;
  let old = false;

  function say(state: LineState): void {
    up = state.state === 'up';
    if (!signal.aborted) onState(state);
  }

  /** Null where the server does not speak SPDY. */
  async function openSession(onClosed: (session: Session) => void, onFree: (session: Session) => void): Promise<Session | null> {
    const socket = await openSocket(clusterOf(), target, [SPDY, V4], signal);
    old = socket.protocol !== SPDY;
    if (old) {
      socket.terminate();
      return null;
    }
    const session: Session = sessionOver(socket, { onFree: () => onFree(session), onClosed: () => onClosed(session) });
    return session;
  }

  const openSpare = () => openSession((session) => spares.delete(session), keepReady);

  function keepReady(session: Session): void {
    if (up && spares.size < MOST_SPARES && session.free) spares.add(session);
    else session.close();
  }

  function refill(): void {
    while (up && !old && spares.size + opening < SPARES) {
      opening += 1;
      openSpare()
        .then((session) => session !== null && keepReady(session))
        .catch(() => {})
        .finally(() => {
          opening -= 1;
        });
    }
  }

  /** Opens the session that asks for signs of life; resolves when the way is dead. */
  async function watch(): Promise<Failure> {
    const { promise, resolve } = withResolvers<string>();
    const session = await openSession(
      () => resolve('the connection to the pod was lost'),
      () => {},
    );
    say({ state: 'up' });
    refill();
    if (session !== null) beat(session, resolve);
    return { code: 'unreachable', server: `${target.pod}:${target.port}`, reason: await promise };
  }

  function beat(session: Session, dead: (reason: string) => void, before = -1, unanswered = 0): void {
    if (signal.aborted) return;
    const missed = session.heard === before ? unanswered + 1 : 0;
    if (missed >= UNANSWERED) {
      dead(`no answer for ${(UNANSWERED * BEAT) / 1000} s`);
      session.close();
      return;
    }
    const seen = session.heard;
    session.ping();
    clock.after(BEAT, () => beat(session, dead, seen, missed));
  }

  function fall(failure: Failure): void {
    if (signal.aborted) return;
    say({ state: 'down', failure });
    for (const spare of [...spares]) spare.close();
    judge();
  }

  /**
   * Asks each connection's own session. One that is still silent after {@link GRACE} is dead, though another way to the pod may be up
   * again; one that waits for its reader hears nothing and is given up only with the whole way.
   */
  function judge(): void {
    const before = [...open].map(([stream, session]) => ({ stream, session, heard: session?.heard }));
    for (const { session } of before) session?.ping();
    clock.after(GRACE, () => {
      for (const { stream, session, heard } of before) {
        const silent = session?.heard === heard && (!up || session?.paused === false);
        if (silent && !signal.aborted) stream.destroy(new Error('the connection to the pod was lost'));
      }
    });
  }

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      const failure = await watch().catch((error: unknown) => failureOf(error));
      fall(failure);
      const pause = failure.code === 'unreachable' || failure.code === 'no-answer' ? RETRY : RETRY_REFUSED;
      if (!signal.aborted) await new Promise<void>((resolve) => clock.after(pause, resolve));
    }
  }

  function track(stream: Duplex, session: Session | null): Duplex {
    open.set(stream, session);
    stream.once('close', () => open.delete(stream));
    return stream;
  }

  say({ state: 'opening' });
  void keep();
  return {
    async connect(wanted) {
      const spare = [...spares].find(({ free }) => free);
      if (spare !== undefined) spares.delete(spare);
      const session = spare ?? (old ? null : await openSpare());
      refill();
      if (session !== null) return track(session.connect(target), session);
      return track(await openTunnel(clusterOf(), target, AbortSignal.any([wanted, signal])), null);
    },
    close() {
      ending.abort(new Error('the forward was closed'));
      for (const spare of [...spares]) spare.close();
      for (const stream of [...open.keys()]) stream.destroy();
    },
  };
}

/** As `Promise.withResolvers`, which Node 20 has not. */
function withResolvers<Value>(): { promise: Promise<Value>; resolve(value: Value): void } {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

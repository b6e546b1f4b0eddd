import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

/**
 * The way to the backend.
 *
 * ```
 *  connecting ──▶ open ──▶ lost ──▶ open ──▶ …     (a new generation each time it opens)
 * ```
 */
export type LinkState = { state: 'connecting' } | { state: 'open' } | { state: 'lost'; since: number };

type AnyLink = ClientLink<ClientContext>;

/** Calls wait while there is no backend; those under way when it is lost are aborted. */
export interface Link extends AnyLink {
  state(): LinkState;
  subscribe(listener: () => void): () => void;
  /** Counts the backends so far; two equal numbers mean the same one. */
  generation(): number;
  /** Resolves with the generation once the backend answers. Rejects when `signal` aborts. */
  ready(signal?: AbortSignal): Promise<number>;
}

interface Callbacks {
  opened(link: AnyLink): void;
  lost(): void;
}

/** Connects by MessagePort in Electron, by WebSocket in a browser. */
export function connect(): Link {
  let state: LinkState = { state: 'connecting' };
  let generation = 0;
  let current: AnyLink | null = null;
  let ended = new AbortController();
  const listeners = new Set<() => void>();

  function change(next: LinkState) {
    state = next;
    for (const listener of [...listeners]) listener();
  }

  const callbacks: Callbacks = {
    opened(link) {
      ended.abort(new Error('the backend was replaced'));
      ended = new AbortController();
      current = link;
      generation += 1;
      change({ state: 'open' });
    },
    lost() {
      ended.abort(new Error('the backend was lost'));
      current = null;
      if (state.state !== 'lost') change({ state: 'lost', since: Date.now() });
    },
  };
  if (window.emberdeck) connectByPort(window.emberdeck, callbacks);
  else connectBySocket(callbacks);

  async function ready(signal?: AbortSignal): Promise<number> {
    while (current === null) {
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          listeners.delete(woken);
          signal?.removeEventListener('abort', aborted);
        };
        const woken = () => {
          stop();
          resolve();
        };
        const aborted = () => {
          stop();
          reject(signal?.reason);
        };
        if (signal?.aborted) return aborted();
        listeners.add(woken);
        signal?.addEventListener('abort', aborted);
      });
    }
    return generation;
  }

  return {
    state: () => state,
    generation: () => generation,
    ready,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call(path, input, options: ClientOptions<ClientContext>) {
      await ready(options.signal);
      if (current === null) throw new Error('the backend was lost');
      const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
      return current.call(path, input, { ...options, signal });
    },
  };
}

function connectByPort(bridge: Bridge, callbacks: Callbacks): void {
  let latest: MessagePort | null = null;
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== 'emberdeck:backend' || !port) return;
    // The port closes before the main process tells of the loss. Heard first, so that what is under way ends for that reason.
    port.addEventListener('close', () => {
      if (port === latest) callbacks.lost();
    });
    latest = port;
    port.start();
    callbacks.opened(new PortLink({ port }));
  });
  bridge.onBackendLost(callbacks.lost);
  bridge.connect();
}

const KEY = 'emberdeck:secret';

/** The page's one-time secret: from the address on the first visit, afterwards the one the server gave for the next time. */
function takeSecret(): string | null {
  const fromAddress = window.location.hash.match(/^#secret=([\w-]+)$/)?.[1];
  if (fromAddress) window.history.replaceState(null, '', window.location.pathname);
  return fromAddress ?? sessionStorage.getItem(KEY);
}

function connectBySocket(callbacks: Callbacks): void {
  let secret = takeSecret();
  let attempt = 0;

  async function open(): Promise<void> {
    const answer = await fetch('/session', { method: 'POST', body: JSON.stringify({ secret }) });
    if (!answer.ok) throw new Error(`the server refused the session: ${answer.status}`);
    const session: { next: string; ticket: string } = await answer.json();
    secret = session.next;
    sessionStorage.setItem(KEY, secret);
    const socket = new WebSocket(`ws://${window.location.host}/rpc`, ['emberdeck', session.ticket]);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      attempt = 0;
      callbacks.opened(new SocketLink({ websocket: forgiving(socket) }));
    });
    socket.addEventListener('close', again);
  }

  function again(): void {
    callbacks.lost();
    attempt += 1;
    setTimeout(() => void open().catch(again), Math.min(5_000, 100 * 2 ** attempt));
  }

  void open().catch(again);
}

/** What a lost server would be told (that its streams have ended) goes nowhere, instead of failing where nobody can catch it. */
function forgiving(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'> {
  return {
    readyState: WebSocket.OPEN,
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
  };
}

import { type Duplex, duplexPair } from 'node:stream';

/** The ports that programs of a container's shells listen on. */
export interface Ports {
  /** Hands every connection to `accept`; returns how to stop, or null when the port is taken. */
  listen(port: number, accept: (connection: Duplex) => void): (() => void) | null;
  /** A connection to a port, or null where nobody listens. */
  connect(port: number): Duplex | null;
}

export function createPorts(): Ports {
  const listeners = new Map<number, (connection: Duplex) => void>();
  return {
    listen(port, accept) {
      if (listeners.has(port)) return null;
      listeners.set(port, accept);
      return () => void listeners.delete(port);
    },
    connect(port) {
      const accept = listeners.get(port);
      if (accept === undefined) return null;
      const [here, there] = duplexPair();
      // The library's pair does not tell one side that the other was destroyed.
      here.once('close', () => there.destroy());
      there.once('close', () => here.destroy());
      there.on('error', () => there.destroy());
      accept(there);
      return here;
    },
  };
}

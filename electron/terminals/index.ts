import { randomBytes, randomUUID } from 'node:crypto';
import type { Terminal, TerminalSize, TerminalTarget } from '../../shared/contract/terminals.ts';
import { FailureError } from '../../shared/failure.ts';
import type { WatchCaches } from '../watch/index.ts';
import type { TerminalWorld } from './hang-up.ts';
import type { Piece } from './output.ts';
import { type LiveTerminal, openTerminal } from './terminal.ts';

/** Shells in containers, for as long as the backend lives or until they are closed; see `shared/contract/terminals.ts`. */
export interface Terminals {
  /** Told of all there are, at once and after each change. */
  watch(push: (all: { terminals: Terminal[] }) => void): () => void;
  open(asked: { target: TerminalTarget; title: string; size: TerminalSize }): { id: string };
  reopen(id: string): void;
  /** Throws `not-found`. */
  output(id: string, reader: string, from: number, signal: AbortSignal | undefined): AsyncGenerator<Piece, void, void>;
  acknowledge(id: string, reader: string, offset: number): void;
  write(id: string, bytes: Uint8Array): Promise<void>;
  resize(id: string, size: TerminalSize): void;
  /** Forgets it at once; its shell is ended meanwhile. */
  close(id: string): void;
  /** Closes all. Resolves when nothing is left in any container, or after `patience` milliseconds. */
  settled(patience: number): Promise<void>;
}

/** No terminal yet. */
export function createTerminals(world: TerminalWorld & { caches: WatchCaches }): Terminals {
  const { clock } = world;
  const open = new Map<string, LiveTerminal>();
  const listeners = new Set<(all: { terminals: Terminal[] }) => void>();
  const closing = new Set<Promise<void>>();
  const all = () => ({ terminals: [...open.values()].map(({ terminal }) => terminal()) });
  const tell = (): void => {
    for (const listener of [...listeners]) listener(all());
  };

  function close(id: string): void {
    const terminal = open.get(id);
    if (terminal === undefined) return;
    open.delete(id);
    tell();
    const closed = terminal.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    watch(push) {
      const own = (value: { terminals: Terminal[] }) => push(value);
      listeners.add(own);
      own(all());
      return () => void listeners.delete(own);
    },
    open(asked) {
      const id = randomUUID();
      const mark = () => randomBytes(12).toString('hex');
      open.set(id, openTerminal({ ...world, mark }, { id, ...asked }, tell));
      tell();
      return { id };
    },
    reopen: (id) => open.get(id)?.reopen(),
    output(id, reader, from, signal) {
      const terminal = open.get(id);
      if (terminal === undefined) throw new FailureError({ code: 'not-found', kind: 'terminal', namespace: null, name: id });
      return terminal.output.read(reader, from, signal);
    },
    acknowledge: (id, reader, offset) => open.get(id)?.output.acknowledge(reader, offset),
    write: async (id, bytes) => open.get(id)?.write(bytes),
    resize: (id, size) => open.get(id)?.resize(size),
    close,
    async settled(patience) {
      for (const id of [...open.keys()]) close(id);
      const late = new Promise<void>((resolve) => clock.after(patience, resolve));
      await Promise.race([Promise.all(closing), late]);
    },
  };
}

import type { TerminalSize, TerminalState } from '../../shared/contract/terminals.ts';
import { failureOf } from '../../shared/failure.ts';
import { type ExecEnd, type ExecSession, openExec } from './exec.ts';
import { hangUp, type Place, type TerminalWorld } from './hang-up.ts';
import { createIntroduction, type Shell, shellCommand } from './shell.ts';

export type TerminalEnd = Extract<TerminalState, { state: 'ended' }>['how'];

export interface ShellSink {
  /** To be acknowledged. The first call tells that the shell is there. */
  onOutput(bytes: Buffer): void;
  /** Once, after the last output. */
  onEnd(how: TerminalEnd): void;
}

/** One shell, from its start to its end. */
export interface RunningShell {
  write(bytes: Uint8Array): Promise<void>;
  resize(size: TerminalSize): void;
  acknowledge(bytes: number): void;
  /** Ends it with everything it started; nothing is told any more. Resolves when nothing of it is left, as far as that can be known. */
  end(): Promise<void>;
  /** Takes the connection for lost. */
  drop(): void;
}

/** How long a shell that is being started may take to tell who it is before it is ended without that, milliseconds. */
const INTRODUCTION = 2_000;
/** Waits before the tries to end a shell whose connection broke, milliseconds. */
const RETRIES = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

/** Starts a shell in a container. `mark` is a text of letters and digits that nothing else writes. Never throws. */
export function startShell(world: TerminalWorld, place: Place, size: TerminalSize, mark: string, sink: ShellSink): RunningShell {
  const { clusters, clock } = world;
  const connecting = new AbortController();
  const introduction = createIntroduction(mark);
  let session: ExecSession | null = null;
  let shell: Shell | null = null;
  let phase: 'runs' | 'ending' | 'over' = 'runs';
  let present = size;
  let introduced = () => {};
  const introducedOrOver = new Promise<void>((resolve) => {
    introduced = resolve;
  });

  function onOutput(bytes: Buffer): void {
    const taken = introduction.take(bytes);
    if (taken.shell !== null) {
      shell = taken.shell;
      introduced();
    }
    const isTold = phase === 'runs';
    session?.acknowledge(isTold ? Math.max(0, bytes.length - taken.shown.length) : bytes.length);
    if (isTold && (taken.shown.length > 0 || taken.shell !== null)) sink.onOutput(taken.shown);
  }

  function finish(how: TerminalEnd): void {
    const before = phase;
    phase = 'over';
    introduced();
    if (before !== 'runs') return;
    const rest = introduction.rest();
    if (rest.length > 0) sink.onOutput(rest);
    sink.onEnd(how);
    if (how.end === 'lost' && shell !== null) void hangUp(world, place, shell, RETRIES);
  }

  async function start(): Promise<void> {
    const { context, ...where } = place;
    const target = { ...where, command: shellCommand(mark), tty: true, stdin: true };
    const ended = (end: ExecEnd) => finish(meaningOf(end));
    session = await openExec(
      clusters.get(context),
      target,
      clock,
      { onOutput: (_channel, bytes) => onOutput(bytes), onEnd: ended },
      connecting.signal,
    );
    session.resize(present);
  }
  start().catch((error: unknown) => finish({ end: 'refused', failure: failureOf(error) }));

  return {
    write: async (bytes) => session?.write(bytes),
    resize(next) {
      present = next;
      session?.resize(next);
    },
    acknowledge: (bytes) => session?.acknowledge(bytes),
    async end() {
      if (phase !== 'runs') return;
      phase = 'ending';
      const callOff = clock.after(INTRODUCTION, introduced);
      await introducedOrOver;
      callOff();
      if (shell !== null && session !== null) await hangUp(world, place, shell, []);
      connecting.abort();
      session?.close();
    },
    drop() {
      session?.close();
    },
  };
}

/** What the end of an exec says about a shell; the runtime's words for a missing program are those of runc and of crun. */
function meaningOf(end: ExecEnd): TerminalEnd {
  if (end.end !== 'refused') return end;
  const { message } = end;
  if (/executable file not found|exec: "?sh"?.*no such file or directory/i.test(message)) return { end: 'no-shell' };
  return { end: 'not-started', message };
}

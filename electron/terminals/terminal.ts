import type { Terminal, TerminalSize, TerminalState, TerminalTarget } from '../../shared/contract/terminals.ts';
import type { ApiObject, WatchCaches } from '../watch/index.ts';
import { containerInstance, meantContainer, whyOver } from './container.ts';
import { type FollowedPod, followPod } from './follow-pod.ts';
import type { Place, TerminalWorld } from './hang-up.ts';
import { createTerminalOutput, type TerminalOutput } from './output.ts';
import { type RunningShell, startShell, type TerminalEnd } from './running-shell.ts';

export interface LiveTerminal {
  terminal(): Terminal;
  output: TerminalOutput;
  write(bytes: Uint8Array): Promise<void>;
  resize(size: TerminalSize): void;
  /** A new shell; does nothing while one is there. */
  reopen(): void;
  /** Resolves when nothing is left in the container. */
  close(): Promise<void>;
}

interface Given {
  id: string;
  target: TerminalTarget;
  title: string;
  size: TerminalSize;
}

/** Ctrl-C and Ctrl-\\. */
const INTERRUPTS = [0x03, 0x1c];
/** How long a connection may outlive its pod, milliseconds. */
const AFTER_THE_POD = 5_000;
/**
 * Out of whatever the last shell left the terminal in: full screen, scroll region, mouse, pasting, hidden cursor, colours (DECSTR, then
 * what that leaves out).
 */
const SETTLE = Buffer.from('\x1b[?1047l\x1b[!p\x1b[?1000;1002;1003;1006;2004l\x1b[?25h\x1b[m\r\n');

/** A terminal with its first shell on the way. `onChange` is called after every change of what `terminal` tells. */
export function openTerminal(
  world: TerminalWorld & { caches: WatchCaches; mark(): string },
  given: Given,
  onChange: () => void,
): LiveTerminal {
  const { caches, clock, mark } = world;
  const { id, title } = given;
  let { target, size } = given;
  let state: TerminalState = { state: 'opening', since: clock.now() };
  let running: RunningShell | null = null;
  let pod: ApiObject | null = null;
  let isGone = false;
  let instance: string | null = null;
  let read = 0;
  let closed = false;
  const output = createTerminalOutput(clock, (place) => {
    if (place <= read) return;
    running?.acknowledge(place - read);
    read = place;
  });

  const become = (next: TerminalState): void => {
    state = next;
    if (!closed) onChange();
  };
  const end = (how: TerminalEnd): void => {
    running = null;
    become({ state: 'ended', at: clock.now(), how, container: whyContainerIsOver() });
  };

  function whyContainerIsOver(): string | null {
    return pod === null || target.container === null ? null : whyOver(pod, target.container, instance, isGone);
  }

  function start(container: string): void {
    target = { ...target, container };
    instance = pod === null ? null : containerInstance(pod, container);
    // Nobody will acknowledge to this shell what the last one wrote.
    read = output.end();
    const { context, namespace, pod: name } = target;
    const place: Place = { context, namespace, pod: name, container };
    running = startShell(world, place, size, mark(), {
      onOutput(bytes) {
        if (state.state === 'opening') become({ state: 'live', since: clock.now() });
        output.push(bytes);
      },
      onEnd: end,
    });
  }

  function onPod(followed: FollowedPod): void {
    if (followed.pod === 'present' || followed.pod === 'gone') {
      // Another pod of the same name does not bring the shell back; a new shell may go there.
      const isAnother = pod !== null && pod.metadata.uid !== followed.object.metadata.uid;
      if (isAnother && state.state === 'ended') return;
      pod = followed.object;
      isGone = followed.pod === 'gone';
    }
    if (running !== null) {
      if (target.container !== null) instance ??= pod === null ? null : containerInstance(pod, target.container);
      if (followed.pod === 'gone') clock.after(AFTER_THE_POD, dropOf(running));
    } else if (state.state === 'opening') begin(followed);
    else if (state.state === 'ended') {
      const container = state.container ?? whyContainerIsOver();
      if (container !== state.container) become({ ...state, container });
    }
  }

  const dropOf = (shell: RunningShell) => () => {
    if (shell === running) shell.drop();
  };

  /** The first shell waits for the pod's containers to be known, unless nobody may tell. */
  function begin(followed: FollowedPod): void {
    const { namespace, pod: name, container } = target;
    if (followed.pod === 'present') start(container ?? meantContainer(followed.object) ?? '');
    else if (followed.pod !== 'unknown') end({ end: 'refused', failure: { code: 'not-found', kind: 'pods', namespace, name } });
    else if (followed.freshness.state !== 'loading') start(container ?? '');
  }

  let unfollow = followPod(caches, target, onPod);
  return {
    terminal: () => ({ id, title, target, state }),
    output,
    async write(bytes) {
      if (INTERRUPTS.some((key) => bytes.includes(key))) output.interrupted();
      await running?.write(bytes);
    },
    resize(next) {
      size = next;
      running?.resize(next);
    },
    reopen() {
      if (state.state !== 'ended' || closed) return;
      output.push(SETTLE);
      pod = null;
      isGone = false;
      become({ state: 'opening', since: clock.now() });
      unfollow();
      unfollow = followPod(caches, target, onPod);
    },
    async close() {
      closed = true;
      unfollow();
      await running?.end();
    },
  };
}

import type { Demo } from '../../shared/contract/demo.ts';
import { FailureError } from '../../shared/failure.ts';
import type { Clusters } from '../clusters/index.ts';
import type { Clock, Log } from '../platform/world.ts';
import { createSteering, type Steering } from './steering.ts';
import { startThread, type Thread } from './thread.ts';

/** The demo cluster as the backend has it: nothing of it is loaded before `start`. */
export interface DemoControl extends Steering {
  /** Tells `listener` the state at once and after each change. The returned function ends it. */
  subscribe(listener: (demo: Demo) => void): () => void;
  /** Starts it unless it runs; resolves with its context once that can be used. Throws `demo-ended`. */
  start(): Promise<{ context: string }>;
  /** Ends it; its contexts are gone afterwards. */
  stop(): Promise<void>;
}

interface Needs {
  /** The program of its thread: `worker.ts`, or what it was built into. */
  program: URL;
  clusters: Clusters;
  clock: Clock;
  log: Log;
}

/** A start under way or done. */
interface Running {
  thread: Thread;
  started: Promise<{ context: string }>;
}

/** The demo cluster of this backend. */
export function createDemo({ program, clusters, clock, log }: Needs): DemoControl {
  const listeners = new Set<(demo: Demo) => void>();
  let state: Demo = { state: 'off' };
  let running: Running | null = null;
  /** Takes its contexts away. They outlive its death: what windows show of it goes stale instead of vanishing. */
  let withdraw = (): void => undefined;
  const become = (next: Demo): void => {
    state = next;
    for (const listener of [...listeners]) listener(next);
  };

  function begin(): Running {
    const since = clock.now();
    const thread = startThread(program);
    const own: Running = { thread, started: come() };
    become({ state: 'starting', since });
    void thread.died.then((words) => gone(own, words));
    return own;

    async function come(): Promise<{ context: string }> {
      const text = await thread.ready.catch((error: unknown) => {
        throw new FailureError({ code: 'demo-ended', message: String(error) }, { cause: error });
      });
      if (running !== own) throw new FailureError({ code: 'demo-ended', message: '' });
      const embedded = clusters.kubeconfigs.embed(text);
      withdraw = embedded.withdraw;
      const { nameOf } = embedded;
      const context = nameOf('demo');
      become({ state: 'running', since, context, viewer: nameOf('demo-viewer') });
      log.info('demo cluster started', { milliseconds: clock.now() - since });
      return { context };
    }
  }

  /** It ended without being asked to. */
  function gone(which: Running, message: string): void {
    if (running !== which) return;
    running = null;
    const contexts = state.state === 'running' ? [state.context, state.viewer] : [];
    log.warn('demo cluster ended', { message });
    become({ state: 'failed', failure: { code: 'demo-ended', message }, contexts });
  }

  return {
    ...createSteering(() => {
      if (state.state !== 'running') throw new FailureError({ code: 'demo-ended', message: '' });
      return clusters.get(state.context);
    }),
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => void listeners.delete(listener);
    },
    start() {
      running ??= begin();
      return running.started;
    },
    async stop() {
      const last = running;
      running = null;
      become({ state: 'off' });
      withdraw();
      last?.started.catch(() => undefined);
      await last?.thread.end();
    },
  };
}

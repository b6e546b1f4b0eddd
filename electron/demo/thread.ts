import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** The demo cluster's thread, from its start to its end. */
export interface Thread {
  /** Its kubeconfig, as soon as it can be used. Rejects when it ends before, by itself or not. */
  ready: Promise<string>;
  /** Resolves when it ended by itself, with what it said last; never after `end`. */
  died: Promise<string>;
  /** Ends it at once, with all its connections. */
  end(): Promise<void>;
}

const readySchema = z.object({ kubeconfig: z.string() });

/**
 * MiB. A runaway cluster dies alone, not together with the backend. What is young in a thread is small, for V8 lets it grow to more
 * than all the cluster's objects need.
 */
export const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12 };

/** Starts the thread whose program `program` names. */
export function startThread(program: URL): Thread {
  const worker = new Worker(program, { resourceLimits: LIMITS });
  let ending = false;
  const died = new Promise<string>((resolve) => {
    const dead = (words: string) => {
      if (!ending) resolve(words);
    };
    worker.once('error', (error) => dead(error.message));
    worker.once('exit', (code) => dead(`its thread ended with code ${code}`));
  });
  const ready = new Promise<string>((resolve, reject) => {
    worker.once('message', (message) => resolve(readySchema.parse(message).kubeconfig));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`its thread ended with code ${code}`)));
  });
  return {
    ready,
    died,
    async end() {
      ending = true;
      await worker.terminate();
    },
  };
}

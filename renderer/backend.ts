import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../shared/contract/index.ts';
import { type Failure, failureOf, failureSchema } from '../shared/failure.ts';
import { connect, type Link } from './link.ts';

/** The backend as the renderer sees it: every procedure of the contract, typed. */
export type Backend = ContractRouterClient<typeof contract>;

/** The window's one backend. Calls made while it restarts wait for it. */
export const link: Link = connect();
export const backend: Backend = createORPCClient(link);

/** What went wrong in a call to the backend, as data. */
export function failureOfCall(error: unknown): Failure {
  const declared = error instanceof ORPCError ? failureSchema.safeParse(error.data) : null;
  return declared?.success ? declared.data : failureOf(error);
}

/**
 * Follows a stream until `signal` aborts: `onValue` for each value, `onFailure` when it ends badly. When the backend was lost and is
 * back, the stream is opened again, so its first value is the present state anew.
 */
export async function follow<Value>(
  open: (options: { signal: AbortSignal }) => Promise<AsyncIterable<Value>>,
  handlers: { onValue(value: Value): void; onFailure?(failure: Failure): void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const generation = await link.ready(signal);
    try {
      for await (const value of await open({ signal })) {
        if (signal.aborted) return;
        handlers.onValue(value);
      }
      if (isOpen(generation)) return;
    } catch (error) {
      if (signal.aborted) return;
      if (isOpen(generation)) {
        handlers.onFailure?.(failureOfCall(error));
        return;
      }
    }
  }
}

/** Whether the backend of that generation is still the one that answers. */
function isOpen(generation: number): boolean {
  return link.generation() === generation && link.state().state === 'open';
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ApplicationView } from '../../../shared/contract/applications.ts';
import { type Failure, failureOf } from '../../../shared/failure.ts';
import type { Lit } from './highlight.ts';

/**
 * What the page knows of its application.
 *
 * ```
 *  opening ──▶ loading ──▶ absent ◀──▶ present (exists, or deleted while we looked)
 *     └───────────┴───────────┴───────────┴──▶ failed ── again() ──▶ opening
 * ```
 */
export type Observed = { state: 'opening' } | ApplicationView | { state: 'failed'; failure: Failure };

export interface ApplicationState {
  observed: Observed;
  /** What is lit in the timeline and in the state machine. */
  lit: Lit | null;
}

/** Follows one application until the signal aborts, as `follow(backend.applications.observe(...))` does. */
export type Observe = (
  handlers: { onValue(value: ApplicationView): void; onFailure(failure: Failure): void },
  signal: AbortSignal,
) => Promise<void>;

export interface ApplicationStore extends StoreApi<ApplicationState> {
  /** Starts following; what it returns ends it. */
  open(): () => void;
  /** After a failure: follows anew. */
  again(): void;
  light(lit: Lit | null): void;
}

/** The page's store: the last view of one application and what is lit. Nothing is asked before `open`. */
export function createApplicationStore(observe: Observe): ApplicationStore {
  const store = createStore<ApplicationState>(() => ({ observed: { state: 'opening' }, lit: null }));
  let following = new AbortController();

  function open(): () => void {
    following.abort();
    const mine = new AbortController();
    following = mine;
    const handlers = {
      onValue(observed: ApplicationView) {
        if (!mine.signal.aborted) store.setState({ observed });
      },
      onFailure(failure: Failure) {
        if (!mine.signal.aborted) store.setState({ observed: { state: 'failed', failure } });
      },
    };
    observe(handlers, mine.signal).catch((error: unknown) => handlers.onFailure(failureOf(error)));
    return () => mine.abort();
  }

  return {
    ...store,
    open,
    again() {
      store.setState({ observed: { state: 'opening' } });
      open();
    },
    light: (lit) => store.setState({ lit }),
  };
}

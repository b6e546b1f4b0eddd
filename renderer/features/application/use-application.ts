import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ApplicationRef } from '../../../shared/contract/applications.ts';
import type { Forward } from '../../../shared/contract/forwards.ts';
import type { Failure } from '../../../shared/failure.ts';
import { backend, follow } from '../../backend.ts';
import { type ApplicationState, type ApplicationStore, createApplicationStore } from './store.ts';

/** The store of one application's page, followed while the component is mounted. */
export function useApplicationStore(reference: ApplicationRef): ApplicationStore {
  const [store] = useState(() =>
    createApplicationStore((handlers, signal) =>
      follow((options) => backend.applications.observe(reference, options), handlers, signal),
    ),
  );
  useEffect(() => store.open(), [store]);
  return store;
}

/** What `select` takes from the store; the component renders again when that changes. */
export function useSelected<Value>(store: ApplicationStore, select: (state: ApplicationState) => Value): Value {
  return useStore(store, select);
}

/** The forward to the Spark UI, open as long as the component is mounted; null before the backend's first word. */
export function useSparkUi(reference: ApplicationRef): { forward: Forward | null; failure: Failure | null; again(): void } {
  const [forward, setForward] = useState<Forward | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a reason to open anew.
  useEffect(() => {
    const closing = new AbortController();
    setFailure(null);
    follow(
      (options) => backend.forwards.sparkUi(reference, options),
      { onValue: setForward, onFailure: setFailure },
      closing.signal,
    ).catch(() => undefined);
    return () => closing.abort();
  }, [reference, attempt]);
  return { forward, failure, again: () => setAttempt((count) => count + 1) };
}

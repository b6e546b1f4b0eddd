import { useSyncExternalStore } from 'react';

const TICK = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function read(): number {
  // While nothing ticks the stored time is old; the first reader wakes it.
  if (timer === null && Date.now() - now >= TICK) now = Date.now();
  return now;
}

/** The time, epoch milliseconds, once a second: one tick for the whole window, so that all ages change together. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}

import { create } from 'zustand';
import type { Place } from './address.ts';
import { beginHistory, type History, presentPlace, replacePresent, step, visit } from './history.ts';

const useHistory = create<History>(() => beginHistory({ page: 'applications' }));

/** Moves the page area. Every page opens others through it. */
export const navigation = {
  /** Shows a place and remembers the one on screen for `back`. */
  open(place: Place): void {
    useHistory.setState((history) => visit(history, place), true);
  },
  /** Shows a place instead of the present one, which `back` then passes over (a draft that was submitted, say). */
  replace(place: Place): void {
    useHistory.setState((history) => replacePresent(history, place), true);
  },
  back(): void {
    useHistory.setState((history) => step(history, -1), true);
  },
  forward(): void {
    useHistory.setState((history) => step(history, 1), true);
  },
  /** The place on screen now. */
  present(): Place {
    return presentPlace(useHistory.getState());
  },
  /** Calls `listener` after every move, until the returned function is called. */
  subscribe(listener: (place: Place) => void): () => void {
    return useHistory.subscribe((history) => listener(presentPlace(history)));
  },
};

/** The place on screen; the component renders again when it changes. */
export function usePlace(): Place {
  return useHistory(presentPlace);
}

/** Whether there is something to go back or forward to. */
export function useCanStep(by: -1 | 1): boolean {
  return useHistory((history) => step(history, by) !== history);
}

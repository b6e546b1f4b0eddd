import type { ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Something that keeps running while pages come and go: a shell, a log. */
export interface DockTab {
  /** Unique among all tabs. */
  id: string;
  /** Made safe to look at (`shared/visible.ts`). */
  title: string;
  /** More about it, for the pointer. */
  tooltip: string;
  /** Whether what runs in it is over. */
  ended: boolean;
  /** Stays drawn, hidden while another tab is shown. `focus` rises when the tab is to take the keys; 0: never yet. */
  render(shown: boolean, focus: number): ReactNode;
  close(): void;
}

export interface DockState {
  owners: ReadonlyMap<string, readonly DockTab[]>;
  open: boolean;
  /** Opened by hand in this window: drawn even while there is nothing in it. */
  asked: boolean;
  active: string | null;
  focus: number;
}

/** The dock below the page, without its drawing. */
export interface Dock {
  store: StoreApi<DockState>;
  /** Puts an owner's tabs in, instead of those it had; returns how to take them out. */
  register(owner: string, tabs: readonly DockTab[]): () => void;
  /** Shows a tab, also one that is yet to come, and gives it the keys. */
  show(id: string): void;
  toggle(): void;
  hide(): void;
  /** The tab `by` places to the right, around the end. */
  step(by: 1 | -1): void;
}

/** All tabs in order. */
export function tabsOf({ owners }: Pick<DockState, 'owners'>): DockTab[] {
  return [...owners.values()].flat();
}

/** The tab that is shown: the chosen one while it is there, else the last. */
export function shownTab(state: DockState): DockTab | null {
  const tabs = tabsOf(state);
  return tabs.find(({ id }) => id === state.active) ?? tabs.at(-1) ?? null;
}

/** Whether the dock is on screen. */
export function isShown(state: DockState): boolean {
  return state.open && (state.asked || tabsOf(state).length > 0);
}

/** `onOpen` is told when it is opened or closed, so that the next window does the same. */
export function createDock(onOpen: (open: boolean) => void): Dock {
  const store = createStore<DockState>(() => ({ owners: new Map(), open: false, asked: false, active: null, focus: 0 }));
  const { getState, setState } = store;

  function put(owners: ReadonlyMap<string, readonly DockTab[]>): void {
    const before = tabsOf(getState()).length;
    setState({ owners });
    if (before > 0 && tabsOf(getState()).length === 0) hide();
  }
  function reveal(part: Partial<DockState>): void {
    setState({ ...part, open: true, focus: getState().focus + 1 });
    onOpen(true);
  }
  function hide(): void {
    if (!getState().open) return;
    setState({ open: false, asked: false });
    onOpen(false);
  }

  return {
    store,
    register(owner, tabs) {
      put(new Map(getState().owners).set(owner, tabs));
      return () => {
        const rest = new Map(getState().owners);
        if (rest.get(owner) !== tabs) return;
        rest.delete(owner);
        // What is registered anew at once is no end: only an empty list of an owner is.
        setState({ owners: rest });
      };
    },
    show: (id) => reveal({ active: id }),
    toggle() {
      if (isShown(getState())) hide();
      else reveal({ asked: true });
    },
    hide,
    step(by) {
      const tabs = tabsOf(getState());
      const place = tabs.findIndex(({ id }) => id === shownTab(getState())?.id);
      const next = tabs[(place + by + tabs.length) % tabs.length];
      if (next !== undefined) reveal({ active: next.id });
    },
  };
}

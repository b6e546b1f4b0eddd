import { useEffect } from 'react';
import { create } from 'zustand';

/** Something a person can do here and now: shown in the palette, in menus and tooltips, and run by its keys. */
export interface Action {
  /** Unique among all actions; `applications.delete`. */
  id: string;
  /** A verb first: "Delete orders-daily". */
  title: string;
  /** Heading in the palette: `Go to`, `Application`, `Context`, `Namespace`, `View`. */
  group: string;
  /** Chord: `Mod+K`, `Alt+ArrowLeft`, `Shift+D`, `/`, `j`; several with a space between. `Mod` is Ctrl, or Cmd on a Mac. */
  keys?: string;
  /** Concerns what is on the page or selected there: stands first in the palette while nothing is typed. */
  here?: boolean;
  /** Absent means true. A disabled action is neither shown nor run. */
  enabled?: boolean;
  run(): void;
}

interface Registry {
  owners: ReadonlyMap<string, readonly Action[]>;
}

const useRegistry = create<Registry>(() => ({ owners: new Map() }));

/**
 * Makes the actions of `owner` available and returns how to withdraw them. A second registration of the same owner takes the
 * first one's place; withdrawing the first then does nothing.
 */
export function registerActions(owner: string, actions: readonly Action[]): () => void {
  const owners = new Map(useRegistry.getState().owners);
  // Deleted first so that the latest owner comes last: its keys win.
  owners.delete(owner);
  owners.set(owner, actions);
  useRegistry.setState({ owners });
  return () => {
    const present = useRegistry.getState().owners;
    if (present.get(owner) !== actions) return;
    const rest = new Map(present);
    rest.delete(owner);
    useRegistry.setState({ owners: rest });
  };
}

/** Every action that can run now, in order of registration. */
export function enabledActions(owners: Registry['owners'] = useRegistry.getState().owners): Action[] {
  return [...owners.values()].flat().filter((action) => action.enabled !== false);
}

/** Registers actions while the component is mounted. Memoise `actions`: a new array is a new registration. */
export function useActions(owner: string, actions: readonly Action[]): void {
  useEffect(() => registerActions(owner, actions), [owner, actions]);
}

/** All enabled actions; the component renders again when they change. */
export function useEnabledActions(): Action[] {
  const owners = useRegistry((registry) => registry.owners);
  return enabledActions(owners);
}

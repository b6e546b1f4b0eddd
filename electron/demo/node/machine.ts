import { pods } from '../api/kinds.ts';
import { release } from '../api/removal.ts';
import { type JsonObject, metadataOf, nameOf, namespaceOf, uidOf } from '../json.ts';
import type { World } from '../world.ts';

/** The machine a pod is on. */
export interface Machine {
  name: string;
  address: string;
  /** It is off, or cut away. */
  lost(): boolean;
  /** Resolves when it can reach the API server. */
  reachable(): Promise<void>;
  /** A free address for a pod. */
  podAddress(): string;
}

/** All machines, by name. */
export interface Machines {
  get(name: string, address: string): Machine;
  /** Cuts one off. Returns whether it still is, and has been all the time; null where it was cut off already. */
  lose(name: string): (() => boolean) | null;
  /** False where it was not lost. */
  recover(name: string): boolean;
  onLoss(listener: (name: string) => void): () => void;
}

export function createMachines(): Machines {
  const machines = new Map<string, Machine>();
  const away = new Map<string, { back: Promise<void>; recover: () => void }>();
  const listeners = new Set<(name: string) => void>();
  let addresses = 1;
  return {
    get(name, address) {
      const found = machines.get(name) ?? {
        name,
        address,
        lost: () => away.has(name),
        reachable: () => away.get(name)?.back ?? Promise.resolve(),
        podAddress() {
          addresses += 1;
          return `10.${85 + (addresses >> 16)}.${(addresses >> 8) & 255}.${addresses & 255}`;
        },
      };
      machines.set(name, found);
      return found;
    },
    lose(name) {
      if (away.has(name)) return null;
      let recover: () => void = () => undefined;
      const back = new Promise<void>((resolve) => {
        recover = resolve;
      });
      const loss = { back, recover };
      away.set(name, loss);
      for (const listener of [...listeners]) listener(name);
      return () => away.get(name) === loss;
    },
    recover(name) {
      const loss = away.get(name);
      away.delete(name);
      loss?.recover();
      return loss !== undefined;
    },
    onLoss(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The last thing a kubelet does for a deleted pod: it tells the API server that nothing of it is left. */
export async function removePod(world: World, machine: Machine, pod: JsonObject): Promise<void> {
  await world.time.pace(0.3);
  await machine.reachable();
  const last = world.store.get(pods, namespaceOf(pod), nameOf(pod));
  if (last === null || uidOf(last) !== uidOf(pod) || metadataOf(last).deletionTimestamp === undefined) return;
  const now = { deletionGracePeriodSeconds: 0, deletionTimestamp: world.time.text() };
  release(world.store, pods, world.store.put(pods, { ...last, metadata: { ...metadataOf(last), ...now } }));
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Kubelet } from '../node/kubelet.ts';
import type { World } from '../world.ts';

/** A request that wants to leave HTTP; authenticated and authorised. */
export interface UpgradeCall {
  world: World;
  kubelet: Kubelet;
  namespace: string;
  name: string;
  query: URLSearchParams;
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Takes the socket over, or throws `ApiError` before anything was written to it. */
export type Upgrade = (call: UpgradeCall) => void;

/** Who answers an upgrade, by subresource of a pod. */
export type Upgrades = ReadonlyMap<string, Upgrade>;

import type { Upgrades } from '../api/upgrade.ts';
import { attach } from './attach.ts';
import { exec } from './exec.ts';
import { forward } from './port-forward.ts';

/** The subresources of a pod that answer with a stream of their own. */
export const upgrades: Upgrades = new Map([
  ['exec', exec],
  ['attach', attach],
  ['portforward', forward],
]);

import type { Upgrades } from '../api/upgrade.ts';
import { forward } from './port-forward.ts';

/** The subresources of a pod that answer with a stream of their own. */
export const upgrades: Upgrades = new Map([['portforward', forward]]);

import type { Identity } from './rbac.ts';

/** A request, read whole. */
export interface Asked {
  identity: Identity;
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  /** The header `Accept`, empty when there is none. */
  accept: string;
}

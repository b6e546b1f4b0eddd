import { delimiter, join, resolve } from 'node:path';

/** A file that may hold a kubeconfig, and who named it. */
export interface Location {
  path: string;
  origin: 'environment' | 'default' | 'picked' | 'demo';
}

/**
 * The files to read, in the order in which they win: those of `$KUBECONFIG`, or `~/.kube/config` where it is empty, as kubectl
 * does; then the picked ones. Empty parts and repetitions are dropped.
 */
export function locate(environment: Record<string, string | undefined>, home: string, picked: readonly string[]): Location[] {
  const named = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  const locations: Location[] =
    named.length > 0
      ? named.map((path) => ({ path: resolve(path), origin: 'environment' }))
      : [{ path: join(home, '.kube', 'config'), origin: 'default' }];
  locations.push(...picked.map((path): Location => ({ path: resolve(path), origin: 'picked' })));
  return locations.filter(({ path }, index) => locations.findIndex((other) => other.path === path) === index);
}

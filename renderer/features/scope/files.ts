import type { KubeconfigFile } from '../../../shared/contract/kubeconfigs.ts';

/** The last part of a path of either system. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** Where a file was named, in words. */
export function originWords(origin: KubeconfigFile['origin']): string {
  switch (origin) {
    case 'environment':
      return 'named in $KUBECONFIG';
    case 'default':
      return 'the default place';
    case 'picked':
      return 'added by you';
    case 'demo':
      return 'made by Emberdeck';
  }
}

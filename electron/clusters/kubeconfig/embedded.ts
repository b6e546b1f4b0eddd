import { FailureError } from '../../../shared/failure.ts';
import type { FileState } from './merge.ts';
import { parseKubeconfig } from './parse.ts';

/** Stands where a path would; what is embedded is never written to a disk. */
const PLACE = 'built into Emberdeck';

/**
 * The kubeconfig `text` as a file of its own whose names clash with nobody's: a context keeps its name unless it is `taken`, then it
 * says whose it is; clusters and users, which nobody chooses by name, always do. Throws `kubeconfig-invalid`.
 */
export function embedded(text: string, taken: ReadonlySet<string>): { file: FileState; nameOf(context: string): string } {
  const parsed = parseKubeconfig(PLACE, text);
  if ('code' in parsed) throw new FailureError(parsed);
  const own = (name: string) => `emberdeck-${name}`;
  const names = new Map(parsed.contexts.map(({ name }) => [name, freeName(name, taken)]));
  const nameOf = (context: string) => names.get(context) ?? context;
  const content = {
    parsed: {
      clusters: parsed.clusters.map((cluster) => ({ ...cluster, name: own(cluster.name) })),
      users: parsed.users.map((user) => ({ ...user, name: own(user.name) })),
      contexts: parsed.contexts.map((context) => ({
        ...context,
        name: nameOf(context.name),
        cluster: own(context.cluster),
        user: own(context.user),
      })),
      // kubectl's choice is made in the files.
      currentContext: null,
    },
  };
  return { file: { location: { path: PLACE, origin: 'demo' }, content }, nameOf };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 1;
  const next = () => `${name} (Emberdeck${number === 1 ? '' : ` ${number}`})`;
  while (taken.has(next())) number += 1;
  return next();
}

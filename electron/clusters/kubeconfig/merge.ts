import type { Context, Kubeconfigs } from '../../../shared/contract/kubeconfigs.ts';
import { type Failure, FailureError } from '../../../shared/failure.ts';
import { apiServer } from '../server-address.ts';
import type { ClusterEntry, ContextEntry, ParsedFile, ResolvedContext, UserEntry } from './entries.ts';
import type { Location } from './locate.ts';

/** One file as it was read last: what it says, or why it says nothing. */
export interface FileState {
  location: Location;
  content: { parsed: ParsedFile } | { failure: Failure };
}

/** All files together. `resolve` hands out secrets: it stays inside `electron/clusters`. */
export interface Merged {
  kubeconfigs: Kubeconfigs;
  /** Throws `context-unknown` or `context-incomplete`. */
  resolve(context: string): ResolvedContext;
}

/**
 * Merges `files` as kubectl does (client-go `clientcmd.ClientConfigLoadingRules.Load`): the first file to name a cluster, user or
 * context wins whole, `current-context` is of the first file that sets one. Files that cannot be read take no part.
 */
export function merge(files: readonly FileState[]): Merged {
  const clusters = new Map<string, ClusterEntry>();
  const users = new Map<string, UserEntry>();
  const contexts = new Map<string, { entry: ContextEntry; file: string }>();
  let currentContext: string | null = null;
  for (const { location, content } of files) {
    if ('failure' in content) continue;
    for (const entry of content.parsed.clusters) if (!clusters.has(entry.name)) clusters.set(entry.name, entry);
    for (const entry of content.parsed.users) if (!users.has(entry.name)) users.set(entry.name, entry);
    for (const entry of content.parsed.contexts)
      if (!contexts.has(entry.name)) contexts.set(entry.name, { entry, file: location.path });
    currentContext ??= content.parsed.currentContext;
  }

  const missing = (entry: ContextEntry): string | null => {
    if (entry.cluster === '') return 'cluster';
    const cluster = clusters.get(entry.cluster);
    if (cluster === undefined) return `cluster "${entry.cluster}"`;
    if (cluster.server === '') return `server of cluster "${entry.cluster}"`;
    if (apiServer(cluster.server) === null) return `valid server address of cluster "${entry.cluster}"`;
    if (entry.user === '') return 'user';
    return users.has(entry.user) ? null : `user "${entry.user}"`;
  };

  const shown = ({ entry, file }: { entry: ContextEntry; file: string }): Context => {
    const lacks = missing(entry);
    return {
      ...entry,
      server: apiServer(clusters.get(entry.cluster)?.server ?? '')?.shown ?? null,
      file,
      failure: lacks === null ? null : { code: 'context-incomplete', context: entry.name, missing: lacks },
    };
  };

  return {
    kubeconfigs: {
      files: files.map(({ location, content }) => ({ ...location, failure: 'failure' in content ? content.failure : null })),
      contexts: [...contexts.values()].map(shown),
      currentContext,
    },
    resolve(name) {
      const found = contexts.get(name);
      if (found === undefined) throw new FailureError({ code: 'context-unknown', context: name });
      const cluster = clusters.get(found.entry.cluster);
      const user = users.get(found.entry.user);
      const lacks = missing(found.entry);
      if (lacks !== null || cluster === undefined || user === undefined)
        throw new FailureError({ code: 'context-incomplete', context: name, missing: lacks ?? 'user' });
      return { context: found.entry, cluster, user };
    },
  };
}

import { z } from 'zod';
import { FailureError } from '../../shared/failure.ts';
import type { Cluster } from './cluster.ts';

const versionSchema = z.object({ gitVersion: z.string() });

/** A harmless question that only someone who is signed in may ask: every authenticated user may (role `system:basic-user`). */
const REVIEW = {
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectAccessReview',
  spec: { resourceAttributes: { verb: 'list', group: 'sparkoperator.k8s.io', resource: 'sparkapplications' } },
};

/**
 * Asks the API server for its version and whether it knows us; returns the version, empty when that is not told. `/version` alone
 * will not do, because it may be read without signing in. Throws what a {@link Cluster} throws; someone taken for anonymous is
 * `unauthorised`, not `forbidden`. A server without access reviews counts as connected when it tells its version.
 */
export async function probe(cluster: Cluster, signal: AbortSignal): Promise<string> {
  const version = cluster.request({ method: 'GET', path: '/version', signal }).then(
    ({ body }) => versionSchema.safeParse(body).data?.gitVersion ?? '',
    (error: unknown) => {
      if (error instanceof FailureError && error.failure.code === 'forbidden') return '';
      throw error;
    },
  );
  const review = cluster
    .request({ method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body: REVIEW, signal })
    .catch((error: unknown) => {
      if (!(error instanceof FailureError)) throw error;
      const { failure } = error;
      if (failure.code === 'kind-absent') return;
      if (failure.code === 'forbidden' && failure.user === 'system:anonymous')
        throw new FailureError({ code: 'unauthorised', server: cluster.server, message: failure.message });
      throw error;
    });
  const [answered] = await Promise.all([version, review]);
  return answered;
}

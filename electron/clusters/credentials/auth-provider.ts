import { z } from 'zod';
import { FailureError } from '../../../shared/failure.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';
import type { ExecCredential } from './exec-protocol.ts';

/** What took the place of the providers that Kubernetes 1.26 took out. */
const SUCCESSORS: Record<string, string> = { gcp: 'gke-gcloud-auth-plugin', azure: 'kubelogin' };

/**
 * How to get the bearer token of an `auth-provider` user, or null for a user without one. Of the providers only `oidc` is left in kubectl; client-node refreshes its token with
 * the refresh token. `gcp` and `azure` are refused: client-node would hand their command to a shell.
 */
export function authProviderToken(user: UserEntry): (() => Promise<ExecCredential>) | null {
  const provider = user.authProvider;
  if (provider === null) return null;
  const failed = (binary: string, lastLine: string) =>
    new FailureError({ code: 'plugin-failed', binary, exitCode: null, lastLine });
  if (provider.name !== 'oidc') {
    const successor = SUCCESSORS[provider.name];
    return () =>
      Promise.reject(
        successor === undefined
          ? failed(provider.name, `The auth-provider "${provider.name}" is not known.`)
          : new FailureError({
              code: 'plugin-absent',
              binary: successor,
              installHint: `The auth-provider "${provider.name}" was removed in Kubernetes 1.26. Use the login plugin ${successor} instead.`,
            }),
      );
  }
  // One object for the life of the connection: client-node keeps the refreshed token in it.
  const kept = { name: user.name, authProvider: { name: 'oidc', config: { ...provider.config } } };
  return async () => {
    const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js');
    const options: { headers: Record<string, string> } = { headers: {} };
    try {
      await new OpenIDConnectAuth().applyAuthentication(kept, options);
    } catch {
      throw failed(
        'oidc',
        'The identity provider did not renew the token. Sign in again with the tool that wrote the kubeconfig.',
      );
    }
    const header = options.headers.Authorization;
    if (header === undefined) throw failed('oidc', 'The kubeconfig has no token that is still valid, and none to renew it with.');
    const token = header.replace(/^Bearer /, '');
    return { token, certificate: null, expiresAt: tokenEnd(token) };
  };
}

const claimsSchema = z.object({ exp: z.number() });

/** The end of a JSON web token as epoch milliseconds; null when it does not say. */
function tokenEnd(token: string): number | null {
  try {
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
    return claims.success ? claims.data.exp * 1000 : null;
  } catch {
    return null;
  }
}

import { isDeepStrictEqual } from 'node:util';
import { FailureError } from '../../../shared/failure.ts';
import type { ResolvedContext, UserEntry } from '../kubeconfig/entries.ts';
import { authProviderToken } from './auth-provider.ts';
import { certificateEnd } from './certificate.ts';
import { type Credential, type Credentials, fitsHeader } from './credential.ts';
import { type PluginWorld, runExecPlugin } from './exec-plugin.ts';
import type { ExecCredential } from './exec-protocol.ts';
import { readCredentialFile, readPem } from './files.ts';
import { type SharedRun, shareRun } from './shared-run.ts';

/** Hands out the credentials of contexts; contexts that run the same plugin in the same way share its runs. */
export interface CredentialsPool {
  of(resolved: ResolvedContext): Credentials;
}

export function createCredentialsPool(world: PluginWorld): CredentialsPool {
  const runs = new Map<string, SharedRun>();
  const shared = (key: unknown, run: () => Promise<ExecCredential>): SharedRun => {
    const text = JSON.stringify(key);
    const known = runs.get(text) ?? shareRun(run, world.clock);
    runs.set(text, known);
    return known;
  };
  return {
    of({ cluster, user }) {
      const { exec } = user;
      // As in client-go, what stands in the file itself goes before a plugin.
      if (user.token !== null || user.tokenFile !== null || user.username !== null) return fixedCredentials(user);
      if (exec !== null) {
        const run = shared([exec, exec.provideClusterInfo ? cluster : null], async () => {
          const authority = await readPem(cluster.certificateAuthorityData, cluster.certificateAuthority);
          const credential = await runExecPlugin(exec, cluster, authority, world);
          if (credential.expiresAt !== null || credential.certificate === null) return credential;
          return { ...credential, expiresAt: certificateEnd(credential.certificate.cert) };
        });
        return runCredentials(user, run);
      }
      const provider = authProviderToken(user);
      return provider === null ? fixedCredentials(user) : runCredentials(user, shared(user.authProvider, provider));
    },
  };
}

function runCredentials(user: UserEntry, run: SharedRun): Credentials {
  // One Credential for each answer, so that `renew` can tell which answer was refused.
  const made = new WeakMap<ExecCredential, Credential>();
  const origin = new WeakMap<Credential, ExecCredential>();
  const wrap = async (answer: ExecCredential): Promise<Credential> => {
    const known = made.get(answer);
    if (known !== undefined) return known;
    const headers = impersonation(user);
    if (answer.token !== null) headers.Authorization = `Bearer ${answer.token}`;
    const credential = { headers, certificate: answer.certificate ?? (await ownCertificate(user)) };
    made.set(answer, credential);
    origin.set(credential, answer);
    return credential;
  };
  return {
    get: async () => wrap(await run.get()),
    async renew(used) {
      const answer = origin.get(used);
      if (answer === undefined) return wrap(await run.get());
      const next = await run.renew(answer);
      return next === null ? null : wrap(next);
    },
    forgive: () => run.forgive(),
  };
}

/** Credentials that stand in the kubeconfig or in files it names. The files are read again for each new connection: others renew them. */
function fixedCredentials(user: UserEntry): Credentials {
  let last: Credential | null = null;
  const read = async (): Promise<Credential> => {
    const headers = impersonation(user);
    const token = user.tokenFile === null ? user.token : (await readCredentialFile(user.tokenFile)).trim();
    if (token !== null && !fitsHeader(token))
      throw new FailureError({
        code: 'credential-file',
        path: user.tokenFile ?? `token of ${user.name}`,
        message: 'it has characters that no header can carry',
      });
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    else if (user.username !== null)
      headers.Authorization = `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`, 'utf8').toString('base64')}`;
    const next = { headers, certificate: await ownCertificate(user) };
    // The same object while nothing changed: connections are kept by it.
    if (last === null || !isDeepStrictEqual(last, next)) last = next;
    return last;
  };
  const readsFiles = [user.tokenFile, user.clientCertificate, user.clientKey].some((path) => path !== null);
  return {
    get: async () => (last !== null && !readsFiles ? last : read()),
    async renew(used) {
      const next = await read();
      return next === used ? null : next;
    },
    forgive() {},
  };
}

async function ownCertificate(user: UserEntry): Promise<Credential['certificate']> {
  const cert = await readPem(user.clientCertificateData, user.clientCertificate);
  const key = await readPem(user.clientKeyData, user.clientKey);
  return cert === null || key === null ? null : { cert, key };
}

function impersonation({ impersonate }: UserEntry): Record<string, string | string[]> {
  if (impersonate === null) return {};
  const headers: Record<string, string | string[]> = { 'Impersonate-User': impersonate.user };
  if (impersonate.uid !== null) headers['Impersonate-Uid'] = impersonate.uid;
  if (impersonate.groups.length > 0) headers['Impersonate-Group'] = impersonate.groups;
  for (const [key, values] of Object.entries(impersonate.extra)) headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = values;
  return headers;
}

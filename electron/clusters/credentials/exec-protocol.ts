import { z } from 'zod';
import { parseTime } from '../../../shared/time.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/entries.ts';
import { fitsHeader } from './credential.ts';

/** Versions of `client.authentication.k8s.io` that kubectl and we speak. */
export const EXEC_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** What a plugin gave. `expiresAt` is epoch milliseconds, null when it does not say. */
export interface ExecCredential {
  token: string | null;
  certificate: { cert: string; key: string } | null;
  expiresAt: number | null;
}

/**
 * The value of `KUBERNETES_EXEC_INFO` (kubernetes.io/docs/reference/access-authn-authz/authentication, "client-go credential
 * plugins"). We have no terminal to offer, hence `interactive: false`.
 *
 * @param certificateAuthority PEM text of the cluster's CA, or null
 */
export function execInfo(exec: ExecEntry, cluster: ClusterEntry, certificateAuthority: string | null): string {
  const about = {
    server: cluster.server,
    ...(cluster.tlsServerName === null ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(certificateAuthority === null
      ? {}
      : { 'certificate-authority-data': Buffer.from(certificateAuthority, 'utf8').toString('base64') }),
    ...(cluster.proxyUrl === null ? {} : { 'proxy-url': cluster.proxyUrl }),
    config: cluster.execExtension,
  };
  const spec = { interactive: false, ...(exec.provideClusterInfo ? { cluster: about } : {}) };
  return JSON.stringify({ kind: 'ExecCredential', apiVersion: exec.apiVersion, spec });
}

const answerSchema = z.object({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().nullish(),
  }),
});

/** Reads a plugin's standard output; a text says what is wrong with it, never what stands in it. */
export function readExecAnswer(stdout: string, apiVersion: string): ExecCredential | string {
  if (stdout.trim() === '') return 'it printed nothing';
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch {
    return 'it did not print JSON';
  }
  const answer = answerSchema.safeParse(json);
  if (!answer.success) {
    const field = answer.error.issues[0]?.path.join('.') ?? '';
    return field === '' ? 'it did not print an ExecCredential' : `its ExecCredential has no valid ${field}`;
  }
  const { status } = answer.data;
  if (answer.data.apiVersion !== apiVersion) return `it answered in another version than ${apiVersion}`;
  const token = status.token === undefined || status.token === '' ? null : status.token;
  const { clientCertificateData: cert = '', clientKeyData: key = '' } = status;
  if ((cert === '') !== (key === '')) return 'it gave a certificate or a key, but not both';
  if (token === null && cert === '') return 'it gave neither a token nor a certificate';
  if (token !== null && !fitsHeader(token)) return 'its token has characters that no header can carry';
  return { token, certificate: cert === '' ? null : { cert, key }, expiresAt: parseTime(status.expirationTimestamp) };
}
